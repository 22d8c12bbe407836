-- One row per published version; what was answered keeps the version it was asked with.
create table careplan.form (
  code text not null,
  version int not null,
  title text not null,
  questionnaire jsonb not null,
  source text not null,
  since date not null,
  primary key (code, version)
);
comment on table careplan.form is 'reference: the forms of follow-up, every version as a FHIR Questionnaire';
comment on column careplan.form.questionnaire is 'type: Questionnaire from @tongmai/api/careplan/form';
create policy all_read on careplan.form for select using (true);
create policy system_writes on careplan.form using (kernel.is_system());

create table careplan.programme (
  code text not null,
  since date not null,
  name text not null,
  form text not null,
  rules jsonb not null,
  source text not null,
  primary key (code, since)
);
comment on table careplan.programme is 'reference: programmes for chronic diseases and the rules they go by, by date';
comment on column careplan.programme.code is 'type: ProgrammeCode from @tongmai/api/careplan/programme';
comment on column careplan.programme.rules is 'type: ProgrammeRules from @tongmai/api/careplan/programme';
create policy all_read on careplan.programme for select using (true);
create policy system_writes on careplan.programme using (kernel.is_system());

create table careplan.enrolment (
  resident_id uuid not null,
  id uuid not null,
  programme text not null,
  institution_id uuid not null,
  practitioner_id uuid,
  risk text not null check (risk in ('low', 'medium', 'high', 'veryHigh')),
  diagnosed_on date,
  plan text not null,
  plain text not null,
  goals jsonb not null,
  status text not null,
  enrolled_on date not null,
  enrolled_by text not null,
  ended_on date,
  end_reason text,
  last_on date,
  last_verdict text check (last_verdict in ('satisfactory', 'unsatisfactory', 'critical')),
  last_controlled boolean,
  unsatisfactory_run int not null default 0,
  missed_run int not null default 0,
  next_on date,
  version int not null default 1,
  primary key (resident_id, id)
);
comment on table careplan.enrolment is 'by-resident: who is cared for in which programme, at which risk, by which plan, and where it stands';
comment on column careplan.enrolment.programme is 'type: ProgrammeCode from @tongmai/api/careplan/programme';
comment on column careplan.enrolment.status is 'type: EnrolmentStatus from @tongmai/api/careplan/flow';
comment on column careplan.enrolment.end_reason is 'type: EndReason from @tongmai/api/careplan/flow';
comment on column careplan.enrolment.goals is 'type: Goals from @tongmai/api/careplan/programme';
-- In a programme once at a time, wherever.
create unique index enrolment_once on careplan.enrolment (resident_id, programme) where status = 'active';
create index enrolment_id on careplan.enrolment (id);
create index enrolment_institution on careplan.enrolment (institution_id, programme, status, next_on);
create policy parties_read on careplan.enrolment for select using (
  kernel.is_system() or institution_id = kernel.my_institution() or kernel.is_my_resident(resident_id)
  or kernel.may_open(resident_id));
create policy own_adds on careplan.enrolment for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_changes on careplan.enrolment for update
  using (kernel.is_system() or institution_id = kernel.my_institution());

create table careplan.follow_up (
  resident_id uuid not null,
  id uuid not null,
  institution_id uuid not null,
  practitioner_id uuid,
  enrolment_id uuid,
  source text not null,
  reason text not null,
  form text not null,
  form_version int,
  due_on date not null,
  status text not null,
  way text check (way in ('clinic', 'home', 'phone', 'video')),
  done_at timestamptz,
  done_by uuid,
  recorded_at timestamptz,
  answers jsonb,
  verdict text check (verdict in ('satisfactory', 'unsatisfactory', 'critical')),
  controlled boolean,
  findings jsonb,
  note text,
  primary key (resident_id, id)
);
comment on table careplan.follow_up is 'by-resident: follow-ups that are due and what came of them, with the answers to their form';
comment on column careplan.follow_up.status is 'type: FollowUpStatus from @tongmai/api/careplan/flow';
comment on column careplan.follow_up.answers is 'type: Answers from @tongmai/api/careplan/form';
comment on column careplan.follow_up.findings is 'type: Findings from @tongmai/api/careplan/programme';
create index follow_up_id on careplan.follow_up (id);
create index follow_up_due on careplan.follow_up (institution_id, due_on) where status = 'due';
create index follow_up_recorded on careplan.follow_up (institution_id, recorded_at desc) where recorded_at is not null;
create index follow_up_resident on careplan.follow_up (resident_id, due_on);
create index follow_up_source on careplan.follow_up (source) where status = 'due';
create policy parties_read on careplan.follow_up for select using (
  kernel.is_system() or institution_id = kernel.my_institution() or kernel.is_my_resident(resident_id)
  or kernel.may_open(resident_id));
create policy own_adds on careplan.follow_up for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_changes on careplan.follow_up for update
  using (kernel.is_system() or institution_id = kernel.my_institution());

create table careplan.rule (
  code text not null,
  since date not null,
  value int not null,
  source text not null,
  primary key (code, since)
);
comment on table careplan.rule is 'reference: numbers that the module goes by, by date';
create policy all_read on careplan.rule for select using (true);
create policy system_writes on careplan.rule using (kernel.is_system());
insert into careplan.rule values
  ('overdueDays', '2020-01-01', 7, '本平台默认:随访到期 7 天仍未完成即升级'),
  ('missedRun', '2020-01-01', 3, '本平台默认:连续 3 次未随访到即列为失访'),
  ('dropOutDays', '2020-01-01', 180, '本平台默认:180 天没有完成任何随访即列为失访');
