alter table referral.referral
  -- Who wrote it: the sender, or the receiver of a patient who came without paper.
  add column begun_by text not null default 'sender' check (begun_by in ('sender', 'receiver')),
  -- When the named sender said that the patient was not sent by them.
  add column disputed_at timestamptz;

-- A draft is its writer's alone.
drop policy parties on referral.referral;
create policy parties on referral.referral using (
  kernel.is_system()
  or (from_institution_id = kernel.my_institution() and (begun_by = 'sender' or submitted_at is not null))
  or (to_institution_id = kernel.my_institution() and (begun_by = 'receiver' or submitted_at is not null)));

insert into referral.deadline_rule (step, urgency, since, minutes, source) values
  ('confirmation', '*', '2020-01-01', 1440, '默认值:接收方补录后 24 小时内由转出方确认'),
  ('disputed', '*', '2020-01-01', 1440, '默认值:转出方否认后 24 小时内由接收方核实');
