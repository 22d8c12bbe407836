-- Registers 名册 of priority groups as authorities hand them over: who is on one belongs to its group, whatever the record says.
create table contract.register_entry (
  institution_id uuid not null,
  priority_group text not null,
  resident_id uuid not null,
  since date not null,
  until date,
  source text not null,
  changed_at timestamptz not null,
  primary key (institution_id, priority_group, resident_id)
);
comment on table contract.register_entry is 'by-institution: who is on the registers of priority groups that an institution keeps';
comment on column contract.register_entry.priority_group is 'type: PriorityGroup from @tongmai/api/contract/package';
create index register_entry_resident on contract.register_entry (institution_id, resident_id);
create policy own on contract.register_entry using (kernel.is_system() or institution_id = kernel.my_institution());
