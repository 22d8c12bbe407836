-- A green channel keeps any number of places, says how it ended, and a referral that goes elsewhere may open another.
alter table referral.green_channel
  add column reservation_ids uuid[] not null default '{}',
  add column opened_by text,
  add column close_reason text check (close_reason in ('inCare', 'notComing', 'referralEnded', 'redirected'));
update referral.green_channel set reservation_ids = array[reservation_id] where reservation_id is not null;
update referral.green_channel set close_reason = 'inCare' where closed_at is not null;
alter table referral.green_channel drop column reservation_id;
alter table referral.green_channel drop constraint green_channel_resident_id_referral_id_key;
create unique index green_channel_open on referral.green_channel (resident_id, referral_id) where closed_at is null;
