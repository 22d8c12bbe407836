-- Nobody is at two places at once: while one live reservation binds a patient, no other that does may overlap it. What
-- was booked twice before this rule stays as it is, the later of the two unbound.
alter table capacity.reservation add column binds boolean not null default false;
update capacity.reservation r set binds = true
  where slot_id is not null and (kind = 'clinic' or ends_at - starts_at <= interval '2 hours')
    and not exists (select 1 from capacity.reservation o
      where o.resident_id = r.resident_id and o.slot_id is not null and (o.made_at, o.id) < (r.made_at, r.id)
        and o.starts_at < r.ends_at and o.ends_at > r.starts_at and o.status in ('held', 'confirmed'));
alter table capacity.reservation add constraint resident_at_one_place exclude using gist (
  capacity.uuid_span(resident_id, resident_id, '[]') with &&, tstzrange(starts_at, ends_at) with &&
) where (binds and status in ('held', 'confirmed'));
