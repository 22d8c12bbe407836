-- One contract in force for each person, over all registrations that are linked, by the database: whoever signs holds every
-- registration of the person, and each can be held once. Links come and go; then module contract lays the holds anew.
create table contract.hold (
  resident_id uuid primary key,
  contract_id uuid not null,
  holder_id uuid not null
);
comment on table contract.hold is 'by-resident: the contract that binds a registration: its own, or that of a registration of the same person';
create index hold_contract on contract.hold (contract_id);
create policy of_seen_contracts on contract.hold for select using (
  kernel.is_system() or exists (select from contract.contract c where c.id = contract_id));
create policy staff_add on contract.hold for insert with check (kernel.is_system() or kernel.my_institution() is not null);
create policy of_own_contracts on contract.hold for delete using (
  kernel.is_system() or exists (select from contract.contract c where c.id = contract_id and c.community_id = kernel.my_institution()));

-- What would bind while another contract of the same person does is left out when it is added, and an error when it begins to.
create function contract.keep_hold() returns trigger language plpgsql as $$
declare
  was boolean := tg_op = 'UPDATE' and old.status in ('active', 'expiring') and not old.upcoming;
  binds boolean := new.status in ('active', 'expiring') and not new.upcoming;
  person uuid[] := kernel.whole_person(new.resident_id);
begin
  if binds and not was then
    begin
      insert into contract.hold (resident_id, contract_id, holder_id)
      select one, new.id, new.resident_id from unnest(person) one;
    exception when unique_violation then
      if tg_op = 'UPDATE' then raise; end if;
      -- Of the same registration the index of contracts itself says no.
      if exists (select from contract.contract c where c.resident_id = new.resident_id
        and c.status in ('active', 'expiring') and not c.upcoming) then return new; end if;
      return null;
    end;
  elsif was and not binds then
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
create trigger contract_holds before insert or update of status, upcoming on contract.contract
  for each row execute function contract.keep_hold();

insert into contract.hold (resident_id, contract_id, holder_id)
select distinct on (one) one, c.id, c.resident_id
from contract.contract c
cross join lateral unnest(kernel.whole_person(c.resident_id)) one
where c.status in ('active', 'expiring') and not c.upcoming
order by one, c.signed_at, c.id;
