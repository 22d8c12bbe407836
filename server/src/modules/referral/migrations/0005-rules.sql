alter table referral.criterion
  -- Any of the groups, all conditions of it; none: only chosen by hand.
  add column conditions jsonb not null default '[]',
  add column edited_at timestamptz,
  add column edited_by text;

update referral.criterion set conditions = '[[{"fact": "comaScale", "is": "atMost", "value": 12}]]'
  where code = 'up.gcs';
update referral.criterion set conditions =
  '[[{"fact": "systolic", "is": "atLeast", "value": 180}], [{"fact": "diastolic", "is": "atLeast", "value": 110}]]'
  where code = 'up.hypertensionCrisis';
update referral.criterion set conditions =
  '[[{"fact": "fastingGlucose", "is": "atLeast", "value": 16.7}], [{"fact": "fastingGlucose", "is": "atMost", "value": 3.9}]]'
  where code = 'up.glucoseCritical';
update referral.criterion set conditions =
  '[[{"fact": "respiratoryRate", "is": "above", "value": 30}], [{"fact": "oxygenSaturation", "is": "below", "value": 90}]]'
  where code = 'up.respiratory';
update referral.criterion set conditions =
  '[[{"fact": "diagnosis", "is": "startsWith", "value": "K92"}, {"fact": "systolic", "is": "below", "value": 90}]]'
  where code = 'up.giBleeding';

create table referral.canned_reply (
  institution_id uuid not null,
  id uuid not null,
  department_id uuid,
  use text not null check (use in ('reject', 'askSupplement', 'instructions', 'awaitSlot', 'answer')),
  text text not null,
  at timestamptz not null,
  primary key (institution_id, id)
);
comment on table referral.canned_reply is 'by-institution: ready sentences of a department for answers that recur';
create index canned_reply_id on referral.canned_reply (id);
create policy own on referral.canned_reply using (kernel.is_system() or institution_id = kernel.my_institution());
