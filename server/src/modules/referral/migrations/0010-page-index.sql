-- A page of all that an institution ever sent or received, and what ended lately, without reading the rest.
create index referral_from_written on referral.referral (from_institution_id, written_at desc);
create index referral_to_written on referral.referral (to_institution_id, written_at desc);
create index referral_from_ended on referral.referral (from_institution_id, ended_at) where ended_at is not null;
create index referral_to_ended on referral.referral (to_institution_id, ended_at) where ended_at is not null;
