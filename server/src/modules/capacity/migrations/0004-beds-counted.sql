-- What a ward says of its beds is counted as it says it, so that nobody counts the beds of a region for a page. A hold
-- changes no state: who takes a bed never waits for the ward; what is held is counted apart, and those are few.
alter table capacity.ward
  add column free int not null default 0 check (free >= 0),
  add column occupied int not null default 0 check (occupied >= 0),
  add column cleaning int not null default 0 check (cleaning >= 0),
  add column closed int not null default 0 check (closed >= 0);
create index bed_held on capacity.bed (ward_id) include (held_until)
  where state = 'free' and reservation_id is not null;

create function capacity.count_moved() returns trigger language plpgsql as $$
begin
  update capacity.ward set
    free = free + (new.state = 'free')::int - (old.state = 'free')::int,
    occupied = occupied + (new.state = 'occupied')::int - (old.state = 'occupied')::int,
    cleaning = cleaning + (new.state = 'cleaning')::int - (old.state = 'cleaning')::int,
    closed = closed + (new.state = 'closed')::int - (old.state = 'closed')::int
    where institution_id = new.institution_id and id = new.ward_id;
  return null;
end $$;
create trigger bed_moved after update of state on capacity.bed
  for each row when (old.state is distinct from new.state) execute function capacity.count_moved();

-- `sign` is 1 for beds that came and -1 for beds that went.
create function capacity.count_many() returns trigger language plpgsql as $$
declare sign int := case tg_op when 'INSERT' then 1 else -1 end;
begin
  update capacity.ward w set free = w.free + sign * b.free, occupied = w.occupied + sign * b.occupied,
    cleaning = w.cleaning + sign * b.cleaning, closed = w.closed + sign * b.closed
    from (select institution_id, ward_id, count(*) filter (where state = 'free')::int as free,
        count(*) filter (where state = 'occupied')::int as occupied,
        count(*) filter (where state = 'cleaning')::int as cleaning, count(*) filter (where state = 'closed')::int as closed
      from changed group by institution_id, ward_id) b
    where w.institution_id = b.institution_id and w.id = b.ward_id;
  return null;
end $$;
create trigger bed_added after insert on capacity.bed referencing new table as changed
  for each statement execute function capacity.count_many();
create trigger bed_removed after delete on capacity.bed referencing old table as changed
  for each statement execute function capacity.count_many();

update capacity.ward w set free = b.free, occupied = b.occupied, cleaning = b.cleaning, closed = b.closed
  from (select institution_id, ward_id, count(*) filter (where state = 'free')::int as free,
      count(*) filter (where state = 'occupied')::int as occupied,
      count(*) filter (where state = 'cleaning')::int as cleaning, count(*) filter (where state = 'closed')::int as closed
    from capacity.bed group by institution_id, ward_id) b
  where w.institution_id = b.institution_id and w.id = b.ward_id;
