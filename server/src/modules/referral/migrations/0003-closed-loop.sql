alter table referral.referral
  -- The receiver is outside the network; the sender owns every step and enters it.
  add column external boolean not null default false,
  -- The first referral of the chain of care, there and back.
  add column episode_id uuid,
  -- Of the department that is asked; null only where it was written before this was kept.
  add column specialty text collate "C",
  -- Who passed it on, in order; nobody is asked a second time.
  add column redirected_from uuid[] not null default '{}',
  add column no_slot_since timestamptz,
  -- When the sender said what became of a refused patient.
  add column settled_at timestamptz,
  add column outcome_read_at timestamptz,
  -- Who works on it just now.
  add column holder_id text,
  add column holder_institution_id uuid,
  add column held_until timestamptz;
update referral.referral set episode_id = coalesce(parent_id, id);
update referral.referral set settled_at = ended_at where status = 'rejected';
update referral.referral set outcome_read_at = ended_at where ended_at is not null;
alter table referral.referral alter column episode_id set not null;

create index referral_episode on referral.referral (episode_id);
-- One live referral of a kind for a resident and a specialty. An emergency is a kind of its own, and so is what is
-- begun under another referral: the patient goes on from there.
create unique index referral_one_live on referral.referral
    (resident_id, direction, specialty, (urgency = 'emergency'), (coalesce(parent_id, resident_id)))
  where submitted_at is not null and ended_at is null
    and status not in ('treated', 'awaitingDownReferral', 'firstFollowUpDone', 'expired');
-- Lists and boards read only what somebody still has to do something about, however much has ended.
create index referral_from_open on referral.referral (from_institution_id, status)
  where ended_at is null or due is not null;
create index referral_to_open on referral.referral (to_institution_id, status)
  where ended_at is null or due is not null;
create index referral_from_unread on referral.referral (from_institution_id)
  where outcome is not null and outcome_read_at is null;

insert into referral.deadline_rule (step, urgency, since, minutes, source) values
  ('rejected', '*', '2020-01-01', 1440, '默认值:被拒绝后 24 小时内安排去向'),
  ('rejected', 'urgent', '2020-01-01', 120, '默认值'),
  ('rejected', 'emergency', '2020-01-01', 15, '默认值'),
  ('redirected', 'routine', '2020-01-01', 480, '默认值:改转后接手方至少 8 小时'),
  ('redirected', 'urgent', '2020-01-01', 60, '默认值'),
  ('redirected', 'emergency', '2020-01-01', 15, '默认值'),
  ('noSlot', 'routine', '2020-01-01', 2880, '默认值:48 小时内再找号源或床位'),
  ('noSlot', 'urgent', '2020-01-01', 240, '默认值'),
  ('noSlot', 'emergency', '2020-01-01', 15, '默认值');

-- The coded reason of a step, where it has one.
alter table referral.step add column reason text;
