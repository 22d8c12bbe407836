create table careplan.chain (
  resident_id uuid not null,
  programme text not null,
  institution_id uuid,
  screened_on date,
  confirmed_on date,
  referred_on date,
  referral text,
  returned_on date,
  returned text,
  primary key (resident_id, programme)
);
comment on table careplan.chain is 'by-resident: how far somebody has come with a disease, from facts that lie elsewhere: measured, diagnosed, referred, returned';
comment on column careplan.chain.programme is 'type: ProgrammeCode from @tongmai/api/careplan/programme';
create index chain_programme on careplan.chain (programme, institution_id);
create policy parties_read on careplan.chain for select using (
  kernel.is_system() or institution_id = kernel.my_institution() or kernel.may_open(resident_id));
create policy system_adds on careplan.chain for insert with check (kernel.is_system());
create policy system_changes on careplan.chain for update using (kernel.is_system());
create index follow_up_returned on careplan.follow_up (resident_id, source) where status = 'due';
