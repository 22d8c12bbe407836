-- Drops the parts whose month ended before a day, and what has come late for them; the roll-ups stay.
create or replace function careplan.drop_parts(before date) returns int language plpgsql security definer set search_path = '' as $$
declare
  part record;
  dropped int := 0;
begin
  for part in select c.relname as name from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'careplan.reading'::regclass and c.relname ~ '^reading_\d{4}_\d{2}$'
      and to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= before
  loop
    execute format('drop table careplan.%I', part.name);
    dropped := dropped + 1;
  end loop;
  delete from careplan.reading_rest where at < date_trunc('month', before)::timestamp at time zone 'UTC';
  return dropped;
end $$;

insert into careplan.rule values
  ('refusedDays', '2020-01-01', 365, '本平台默认:被拒收的读数原样保留一年');
