alter table careplan.device add ended_at timestamptz, add end_reason text check (end_reason in ('lost', 'broken', 'worn')), add end_note text;
-- Who signed for the device: the resident, or whoever stands for them.
alter table careplan.loan add signer text;
