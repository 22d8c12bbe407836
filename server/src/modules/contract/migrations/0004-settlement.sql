-- How a year's fee is shared out, by the date of the year's last day.
create table contract.settlement_rule (
  since date primary key,
  rule jsonb not null,
  source text not null
);
comment on table contract.settlement_rule is 'reference: weights of what scales the fee and points of each kind of work, by date';
create policy all_read on contract.settlement_rule for select using (true);
create policy system_writes on contract.settlement_rule using (kernel.is_system());
insert into contract.settlement_rule values ('2020-01-01',
  '{"weights": {"fulfilment": 60, "satisfaction": 20, "control": 20},
    "points": {"physician": 50, "nurse": 30, "pharmacist": 20, "technician": 20}, "leaderPoints": 10}',
  '本平台默认:考核三项与角色点数待联盟议定;未知的考核项不计,权重由已知项承担');

create table contract.settlement (
  institution_id uuid not null,
  id uuid not null,
  team_id uuid not null,
  team_name text not null,
  year int not null,
  status text not null,
  factor_permille int not null check (factor_permille between 0 and 1000),
  fee_fen int not null check (fee_fen >= 0),
  shared_fen int not null check (shared_fen between 0 and fee_fen),
  inputs jsonb not null,
  run_at timestamptz not null,
  run_by text not null,
  reviewed_at timestamptz,
  reviewed_by text,
  closed_at timestamptz,
  closed_by text,
  version int not null default 1,
  primary key (institution_id, id),
  unique (institution_id, team_id, year)
);
comment on table contract.settlement is 'by-institution: the fee of one team and year as it was shared out, with everything it was calculated from';
comment on column contract.settlement.status is 'type: SettlementStatus from @tongmai/api/contract/settlement';
create index settlement_id on contract.settlement (id);
create policy own_read on contract.settlement for select
  using (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_add on contract.settlement for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_change on contract.settlement for update
  using (kernel.is_system() or institution_id = kernel.my_institution());
-- What is closed nobody changes, the system neither. (As a policy it would hide closed rows from `for update` too.)
create function contract.keep_closed() returns trigger language plpgsql as $$
begin
  if old.status = 'closed' then raise exception 'settlement % is closed', old.id; end if;
  return new;
end $$;
create trigger settlement_keeps before update on contract.settlement
  for each row execute function contract.keep_closed();

create table contract.settlement_entry (
  institution_id uuid not null,
  settlement_id uuid not null,
  line int not null,
  account text not null check (account in ('source', 'person', 'withheld')),
  fund text not null check (fund in ('insurance', 'publicHealth', 'personal', 'commercial')),
  practitioner_id uuid,
  fen int not null,
  primary key (institution_id, settlement_id, line),
  check ((account = 'person') = (practitioner_id is not null)),
  check (case account when 'source' then fen <= 0 else fen >= 0 end)
);
comment on table contract.settlement_entry is 'by-institution: the ledger of a settlement: what each source gave (negative) and where it went; the entries add up to nothing';
create policy own_read on contract.settlement_entry for select
  using (kernel.is_system() or institution_id = kernel.my_institution());
create policy open_adds on contract.settlement_entry for insert
  with check ((kernel.is_system() or institution_id = kernel.my_institution()) and exists (select from contract.settlement s
    where s.institution_id = settlement_entry.institution_id and s.id = settlement_id and s.status <> 'closed'));
create policy open_removes on contract.settlement_entry for delete
  using ((kernel.is_system() or institution_id = kernel.my_institution()) and exists (select from contract.settlement s
    where s.institution_id = settlement_entry.institution_id and s.id = settlement_id and s.status <> 'closed'));

create function contract.require_balance() returns trigger language plpgsql as $$
begin
  if (select sum(e.fen) from contract.settlement_entry e
      where e.institution_id = new.institution_id and e.settlement_id = new.settlement_id) <> 0 then
    raise exception 'the entries of settlement % do not balance', new.settlement_id;
  end if;
  return null;
end $$;
create constraint trigger settlement_balances after insert on contract.settlement_entry
  deferrable initially deferred for each row execute function contract.require_balance();
