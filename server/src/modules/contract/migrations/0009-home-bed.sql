-- Beds at home 家庭病床: proposed, opened by an agreement, visited and reviewed, closed with an outcome.
create table contract.home_bed (
  resident_id uuid not null,
  id uuid not null,
  number text collate "C" not null,
  contract_id uuid not null,
  community_id uuid not null,
  team_id uuid not null,
  doctor_id uuid not null,
  nurse_id uuid,
  status text not null,
  indication text not null,
  diagnosis text not null,
  plan text not null,
  review_days int not null check (review_days > 0),
  review_on date,
  opened_on date,
  consent_version text,
  consent_hash text,
  signature jsonb,
  closed_on date,
  outcome text,
  summary text,
  since timestamptz not null,
  version int not null default 1,
  primary key (resident_id, id),
  check ((status = 'open') = (review_on is not null)),
  check ((status = 'closed') = (outcome is not null)),
  check (closed_on >= opened_on)
);
comment on table contract.home_bed is 'by-resident: beds at home, from the proposal to the outcome';
comment on column contract.home_bed.status is 'type: BedStatus from @tongmai/api/contract/bed';
comment on column contract.home_bed.indication is 'type: BedIndication from @tongmai/api/contract/bed';
comment on column contract.home_bed.outcome is 'type: BedOutcome from @tongmai/api/contract/bed';
create unique index home_bed_one on contract.home_bed (resident_id) where status in ('proposed', 'open');
create index home_bed_id on contract.home_bed (id);
create index home_bed_community on contract.home_bed (community_id, status, review_on);
create index home_bed_contract on contract.home_bed (contract_id);
create policy parties_read on contract.home_bed for select using (
  kernel.is_system() or community_id = kernel.my_institution() or kernel.is_my_resident(resident_id));
create policy community_adds on contract.home_bed for insert
  with check (kernel.is_system() or community_id = kernel.my_institution());
create policy community_changes on contract.home_bed for update
  using (kernel.is_system() or community_id = kernel.my_institution());

create table contract.home_bed_order (
  resident_id uuid not null,
  bed_id uuid not null,
  id uuid not null,
  what text not null,
  times int not null check (times > 0),
  per text not null check (per in ('day', 'week', 'month', 'asNeeded')),
  since date not null,
  until date,
  ordered_by uuid,
  ordered_at timestamptz not null,
  stopped_at timestamptz,
  stopped_by uuid,
  primary key (resident_id, bed_id, id)
);
comment on table contract.home_bed_order is 'by-resident: what nurses are to do at a bed at home';
create index home_bed_order_id on contract.home_bed_order (id);
create index home_bed_order_bed on contract.home_bed_order (bed_id);
create policy parties_read on contract.home_bed_order for select using (
  kernel.is_system() or exists (select from contract.home_bed b where b.id = bed_id));
create policy parties_add on contract.home_bed_order for insert with check (
  kernel.is_system() or exists (select from contract.home_bed b where b.id = bed_id));
create policy parties_change on contract.home_bed_order for update using (
  kernel.is_system() or exists (select from contract.home_bed b where b.id = bed_id));

create table contract.home_bed_note (
  resident_id uuid not null,
  bed_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('round', 'nursing', 'review')),
  at timestamptz not null,
  recorded_at timestamptz not null,
  practitioner_id uuid,
  text text not null,
  measurements jsonb not null,
  orders uuid[] not null,
  visit_id uuid,
  primary key (resident_id, bed_id, id)
);
comment on table contract.home_bed_note is 'by-resident, append-only: rounds, nursing and reviews of a bed at home';
create index home_bed_note_id on contract.home_bed_note (id);
create index home_bed_note_bed on contract.home_bed_note (bed_id, at);
create policy parties_read on contract.home_bed_note for select using (
  kernel.is_system() or exists (select from contract.home_bed b where b.id = bed_id));
create policy parties_add on contract.home_bed_note for insert with check (
  kernel.is_system() or exists (select from contract.home_bed b where b.id = bed_id));

create table contract.home_bed_fee (
  institution_id uuid not null,
  code text not null check (code in ('opening', 'round', 'nursing')),
  since date not null,
  fen int not null check (fen >= 0),
  source text not null,
  primary key (institution_id, code, since)
);
comment on table contract.home_bed_fee is 'by-institution: prices of a bed at home, by their first day, each with the document it comes from';
create policy all_read on contract.home_bed_fee for select using (kernel.is_system() or kernel.my_institution() is not null);
create policy own_write on contract.home_bed_fee using (kernel.is_system() or institution_id = kernel.my_institution());

alter table contract.home_visit add column bed_id uuid;
create index home_visit_bed on contract.home_visit (bed_id) where bed_id is not null;

alter table contract.consent_text add column about text not null default 'contract' check (about in ('contract', 'homeBed'));
insert into contract.consent_text (version, since, title, text, about) values ('家床2026-1', '2020-01-01', '家庭病床服务协议', '一、家庭病床由签约的社区卫生服务机构开设，居民或其监护人自愿签订本协议。
二、医师按计划上门查床，护士按医嘱护理；每次查床和护理都有记录，居民可以查看。
三、家中没有急救条件。病情变化时请先打团队电话；突发急症请立即拨打 120。
四、医师定期评估是否仍需要家庭病床；好转、住院、本人要求或其他原因不再需要时撤床。
五、费用按当地公布的项目和价格收取；没有公布价格的项目，收取前须另行告知。', 'homeBed');

insert into contract.rule values
  ('homeBedReviewDays', '2020-01-01', 14, '本平台默认:家庭病床每 14 天评估一次;来源资料没有给出期限,待当地确认'),
  ('homeBedAnswerHours', '2020-01-01', 72, '本平台默认:建床申请须在 72 小时内签订协议或不予建床;待当地确认');
