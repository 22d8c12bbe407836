create table referral.advice (
  resident_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('advice', 'rehabilitation')),
  status text not null,
  -- The down-referral in whose course it is asked, or the referral that came out of it.
  referral_id uuid,
  author_id text not null,
  from_institution_id uuid not null,
  from_practitioner_id uuid,
  to_institution_id uuid not null,
  to_department_id uuid,
  to_practitioner_id uuid,
  question text not null,
  asked_at timestamptz not null,
  since timestamptz not null,
  due timestamptz,
  version int not null default 1,
  primary key (resident_id, id),
  check (from_institution_id <> to_institution_id)
);
comment on table referral.advice is 'by-resident: questions to a specialist about a patient, from asking to the end';
comment on column referral.advice.status is 'type: AdviceStatus from @tongmai/api/referral/advice';
create index advice_id on referral.advice (id);
create index advice_referral on referral.advice (referral_id) where referral_id is not null;
create index advice_from on referral.advice (from_institution_id, since desc);
create index advice_to on referral.advice (to_institution_id, since desc);
create policy parties on referral.advice using (
  kernel.is_system() or from_institution_id = kernel.my_institution() or to_institution_id = kernel.my_institution());

create table referral.advice_message (
  resident_id uuid not null,
  advice_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  practitioner_id uuid,
  institution_id uuid not null,
  text text not null,
  primary key (resident_id, advice_id, id)
);
comment on table referral.advice_message is 'by-resident, append-only: what was asked and answered in a thread of advice';
create index advice_message_id on referral.advice_message (id);
create index advice_message_advice on referral.advice_message (advice_id, at);
create policy parties_read on referral.advice_message for select using (
  kernel.is_system() or exists (select from referral.advice a where a.id = advice_id));
create policy parties_add on referral.advice_message for insert with check (
  kernel.is_system() or (institution_id = kernel.my_institution()
    and exists (select from referral.advice a where a.id = advice_id)));

insert into referral.deadline_rule (step, urgency, since, minutes, source) values
  ('adviceAsked', '*', '2020-01-01', 2880, '默认值:专家咨询 48 小时内答复'),
  ('rehabilitationAsked', '*', '2020-01-01', 1440, '默认值:康复期咨询 24 小时内答复'),
  ('adviceAnswered', '*', '2020-01-01', 4320, '默认值:答复后 3 天内决定下一步');
