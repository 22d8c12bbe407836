create table referral.referral (
  resident_id uuid not null,
  id uuid not null,
  number text collate "C" not null,
  direction text not null check (direction in ('up', 'down', 'sideways')),
  parent_id uuid,
  status text not null,
  urgency text not null check (urgency in ('routine', 'urgent', 'emergency')),
  retro_entry boolean not null default false,
  author_id text not null,
  from_institution_id uuid not null,
  from_department_id uuid,
  from_practitioner_id uuid,
  to_institution_id uuid not null,
  to_department_id uuid,
  to_practitioner_id uuid,
  wanted_on date,
  form jsonb not null,
  return_note jsonb,
  arrangement jsonb,
  outcome jsonb,
  follow_up jsonb,
  ending jsonb,
  treating_practitioner_id uuid,
  no_shows int not null default 0,
  since timestamptz not null,
  due timestamptz,
  valid_until timestamptz,
  written_at timestamptz not null,
  submitted_at timestamptz,
  confirmed_at timestamptz,
  departed_at timestamptz,
  arrived_at timestamptz,
  ended_at timestamptz,
  version int not null default 1,
  primary key (resident_id, id),
  check (from_institution_id <> to_institution_id)
);
comment on table referral.referral is 'by-resident: two-way referrals, one row each, from draft to end';
comment on column referral.referral.status is 'type: ReferralStatus from @tongmai/api/referral/flow';
create index referral_id on referral.referral (id);
create index referral_number on referral.referral (number);
create index referral_parent on referral.referral (parent_id) where parent_id is not null;
create index referral_from on referral.referral (from_institution_id, since desc);
create index referral_to on referral.referral (to_institution_id, since desc);
create index referral_from_due on referral.referral (from_institution_id, due) where due is not null;
create index referral_to_due on referral.referral (to_institution_id, due) where due is not null;
create index referral_validity on referral.referral (valid_until)
  where status in ('submitted', 'infoRequested', 'accepted', 'downReferralSubmitted');
-- The receiver sees nothing before it has been sent; the resident nothing that was never sent.
create policy parties on referral.referral using (
  kernel.is_system()
  or from_institution_id = kernel.my_institution()
  or (to_institution_id = kernel.my_institution() and submitted_at is not null));
create policy own_person on referral.referral for select
  using (submitted_at is not null and kernel.is_my_resident(resident_id));

create table referral.step (
  resident_id uuid not null,
  referral_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  move text not null,
  from_status text,
  to_status text not null,
  actor_kind text not null,
  actor_id text not null,
  practitioner_id uuid,
  institution_id uuid,
  comment text,
  client text not null,
  attachments text[] not null default '{}',
  primary key (resident_id, referral_id, id)
);
comment on table referral.step is 'by-resident, append-only: who moved a referral, when, from which state to which, and what they said';
comment on column referral.step.from_status is 'type: ReferralStatus from @tongmai/api/referral/flow';
comment on column referral.step.to_status is 'type: ReferralStatus from @tongmai/api/referral/flow';
create index step_id on referral.step (id);
create index step_referral on referral.step (referral_id, at);
create policy parties_read on referral.step for select using (
  kernel.is_system() or exists (select from referral.referral r where r.id = referral_id));
create policy actors_add on referral.step for insert with check (
  kernel.is_system() or institution_id = kernel.my_institution());

create table referral.message (
  resident_id uuid not null,
  referral_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  practitioner_id uuid,
  institution_id uuid not null,
  text text not null,
  primary key (resident_id, referral_id, id)
);
comment on table referral.message is 'by-resident, append-only: what the parties said to each other about a referral';
create index message_id on referral.message (id);
create index message_referral on referral.message (referral_id, at);
create policy parties_read on referral.message for select using (
  kernel.is_system() or exists (select from referral.referral r where r.id = referral_id));
create policy parties_add on referral.message for insert with check (
  kernel.is_system() or (institution_id = kernel.my_institution()
    and exists (select from referral.referral r where r.id = referral_id)));

-- How long each step may take; no known rule of the state, so an operator changes these by adding rows.
create table referral.deadline_rule (
  step text not null,
  urgency text not null check (urgency in ('*', 'routine', 'urgent', 'emergency')),
  since date not null,
  until date,
  minutes int not null check (minutes > 0),
  source text not null,
  primary key (step, urgency, since)
);
comment on table referral.deadline_rule is 'reference: minutes that each step of a referral may take, by urgency and day';
create policy all_read on referral.deadline_rule for select using (true);
create policy system_writes on referral.deadline_rule using (kernel.is_system());

-- When a step that begins at a moment must be done, by the rule of that day; the urgency's own rule comes first.
create function referral.due_at(of_step text, of_urgency text, begun timestamptz) returns timestamptz
  language sql stable parallel safe as $$
  select begun + make_interval(mins => r.minutes) from referral.deadline_rule r
  where r.step = of_step and r.urgency in (of_urgency, '*')
    and r.since <= (begun at time zone 'Asia/Shanghai')::date
    and (r.until is null or r.until >= (begun at time zone 'Asia/Shanghai')::date)
  order by (r.urgency = '*'), r.since desc limit 1 $$;

create table referral.criterion (
  code text not null,
  since date not null,
  until date,
  direction text not null check (direction in ('up', 'down')),
  category text not null,
  text text not null,
  urgency text check (urgency in ('routine', 'urgent', 'emergency')),
  source text not null,
  -- Null: 须经临床签字, proposed and not yet in clinical force.
  signed_at timestamptz,
  signed_by text,
  sort int not null,
  primary key (code, since)
);
comment on table referral.criterion is 'reference: indications to refer up or down, to choose from, by day';
create policy all_read on referral.criterion for select using (true);
create policy system_writes on referral.criterion using (kernel.is_system());
