-- As in 0010, cheaper where very many sign at once: who is registered once needs no subtransaction of their own.
create or replace function contract.keep_hold() returns trigger language plpgsql as $$
declare
  was boolean := tg_op = 'UPDATE' and old.status in ('active', 'expiring') and not old.upcoming;
  binds boolean := new.status in ('active', 'expiring') and not new.upcoming;
  person uuid[];
  held boolean := true;
begin
  if binds = was then return new; end if;
  person := kernel.whole_person(new.resident_id);
  if binds then
    if tg_op = 'INSERT' and cardinality(person) = 1 then
      insert into contract.hold (resident_id, contract_id, holder_id) values (new.resident_id, new.id, new.resident_id)
      on conflict do nothing;
      held := found;
    else
      begin
        insert into contract.hold (resident_id, contract_id, holder_id)
        select one, new.id, new.resident_id from unnest(person) one;
      exception when unique_violation then
        if tg_op = 'UPDATE' then raise; end if;
        held := false;
      end;
    end if;
    -- Of the same registration the index of contracts itself says no.
    if not held and not exists (select from contract.contract c where c.resident_id = new.resident_id
      and c.status in ('active', 'expiring') and not c.upcoming) then return null; end if;
  else
    delete from contract.hold where contract_id = new.id;
    -- Where a link made one person of two who had each signed, the other contract holds on.
    insert into contract.hold (resident_id, contract_id, holder_id)
    select distinct on (one) one, c.id, c.resident_id
    from unnest(person) one cross join contract.contract c
    where c.resident_id = any (person) and c.id <> new.id and c.status in ('active', 'expiring') and not c.upcoming
    order by one, c.signed_at, c.id
    on conflict do nothing;
  end if;
  return new;
end $$;
