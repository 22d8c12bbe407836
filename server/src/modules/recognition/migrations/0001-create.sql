-- The catalogue and who passed which assessment are everybody's; a decision is its two institutions' and the
-- resident's. Windows are never rewritten once they have begun: each decision carries the one it used.

create table recognition.item (
  id uuid primary key,
  code text not null unique,
  name text not null,
  aliases text[] not null default '{}',
  category text not null,
  loinc text[] not null default '{}',
  local_codes text[] not null default '{}',
  retired_on date,
  version int not null default 1
);
comment on table recognition.item is 'reference: tests and examinations that are recognised between members';
comment on column recognition.item.category is 'type: ItemCategory from @tongmai/api/recognition/catalogue';
create policy all_read on recognition.item for select using (true);
create policy staff_write on recognition.item using (kernel.is_system() or kernel.my_institution() is not null);

create table recognition.edition (
  item_id uuid not null references recognition.item (id),
  version int not null,
  at timestamptz not null,
  account_id text not null,
  facts jsonb not null,
  primary key (item_id, version)
);
comment on table recognition.edition is 'reference, append-only: what each version of an item said';
create policy all_read on recognition.edition for select using (true);
create policy staff_add on recognition.edition for insert
  with check (kernel.is_system() or kernel.my_institution() is not null);

create table recognition.search_key (
  key text collate "C" not null,
  item_id uuid not null references recognition.item (id),
  primary key (key, item_id)
);
comment on table recognition.search_key is 'reference: by which beginnings an item is found';
create index search_key_item on recognition.search_key (item_id);
create policy all_read on recognition.search_key for select using (true);
create policy staff_write on recognition.search_key using (kernel.is_system() or kernel.my_institution() is not null);

create table recognition.time_window (
  item_id uuid not null references recognition.item (id),
  since date not null,
  valid_days int not null check (valid_days > 0),
  scope text not null,
  method text,
  price_fen int,
  dose_usv int,
  wait_days int,
  source text not null,
  demonstration boolean not null default false,
  primary key (item_id, since)
);
comment on table recognition.time_window is 'reference: how long and how far results of an item count, from a day on';
comment on column recognition.time_window.scope is 'type: MarkScope from @tongmai/api/recognition/catalogue';
create policy all_read on recognition.time_window for select using (true);
create policy staff_write on recognition.time_window using (kernel.is_system() or kernel.my_institution() is not null);

create table recognition.gate (
  institution_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  scope text not null,
  body text not null,
  year int not null,
  passed boolean not null,
  since date not null,
  until date not null,
  at timestamptz not null,
  by_institution_id uuid not null,
  by_id text not null,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  primary key (institution_id, id),
  check (until >= since)
);
comment on table recognition.gate is 'by-institution: external quality assessments by item; they decide whether a result carries the mark';
comment on column recognition.gate.scope is 'type: MarkScope from @tongmai/api/recognition/catalogue';
create index gate_id on recognition.gate (id);
create index gate_item on recognition.gate (item_id, institution_id) where withdrawn_at is null;
create unique index gate_once on recognition.gate (institution_id, item_id, scope, body, since) where withdrawn_at is null;
create policy all_read on recognition.gate for select using (true);
create policy enterer_adds on recognition.gate for insert
  with check (kernel.is_system() or by_institution_id = kernel.my_institution());
create policy enterer_changes on recognition.gate for update
  using (kernel.is_system() or by_institution_id = kernel.my_institution() or institution_id = kernel.my_institution());

create table recognition.decision (
  resident_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  at timestamptz not null,
  item_id uuid not null,
  outcome text not null,
  institution_id uuid not null,
  practitioner_id uuid,
  practitioner_name text not null,
  account_id text not null,
  note text,
  window_since date,
  result_type text,
  result_id text,
  result_version int,
  result_hash text,
  result_institution_id uuid,
  result_at timestamptz,
  result_value text,
  mark text,
  gate_id uuid,
  reason text,
  reason_text text,
  told boolean,
  saved_fen int,
  saved_dose_usv int,
  saved_days int,
  primary key (resident_id, id),
  check ((outcome = 'ordered') = (result_id is null)),
  check ((outcome = 'reordered') = (reason is not null)),
  check (outcome <> 'reordered' or told is not null)
);
comment on table recognition.decision is 'by-resident, append-only: what was ordered, which result was used or done again, and why';
comment on column recognition.decision.outcome is 'type: Outcome from @tongmai/api/recognition/order';
comment on column recognition.decision.reason is 'type: RefusalReason from @tongmai/api/recognition/order';
comment on column recognition.decision.mark is 'type: MarkScope from @tongmai/api/recognition/catalogue';
create index decision_id on recognition.decision (id);
create index decision_at on recognition.decision (institution_id, at);
create index decision_source on recognition.decision (result_institution_id, at);
create policy parties on recognition.decision using (
  kernel.is_system() or institution_id = kernel.my_institution()
  or result_institution_id = kernel.my_institution() or kernel.is_my_resident(resident_id));
