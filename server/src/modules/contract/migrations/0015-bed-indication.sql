-- For what a bed at home is opened, a place's own rules say: each indication is off until its office names the document.
create table contract.home_bed_indication (
  institution_id uuid not null,
  indication text not null,
  since date not null,
  state text not null check (state in ('inForce', 'toConfirm')),
  criteria text not null,
  source text not null,
  confirmed_by text not null,
  confirmed_at timestamptz not null,
  primary key (institution_id, indication, since)
);
comment on table contract.home_bed_indication is 'by-institution: for what a bed at home may be opened, by first day, each with the document it comes from';
comment on column contract.home_bed_indication.indication is 'type: BedIndication from @tongmai/api/contract/bed';
create policy all_read on contract.home_bed_indication for select using (kernel.is_system() or kernel.my_institution() is not null);
create policy own_write on contract.home_bed_indication using (kernel.is_system() or institution_id = kernel.my_institution());
