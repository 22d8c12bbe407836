create table pharmacy.medicine (
  id uuid primary key,
  name text not null,
  form text not null,
  strength text not null,
  category text not null,
  chronic boolean not null,
  unique (name, form, strength)
);
comment on table pharmacy.medicine is 'reference: the formulary of the alliance';
create index medicine_category on pharmacy.medicine (category);
create policy all_read on pharmacy.medicine for select using (true);
create policy system_writes on pharmacy.medicine using (kernel.is_system());

create table pharmacy.search_key (
  key text collate "C" not null,
  medicine_id uuid not null references pharmacy.medicine (id),
  primary key (key, medicine_id)
);
comment on table pharmacy.search_key is 'reference: by which beginnings a medicine is found';
create policy all_read on pharmacy.search_key for select using (true);
create policy system_writes on pharmacy.search_key using (kernel.is_system());

-- What members hold is open to all of them: a patient is sent home by it.
create table pharmacy.stock (
  institution_id uuid not null,
  medicine_id uuid not null references pharmacy.medicine (id),
  state text not null check (state in ('inStock', 'canOrder', 'notHeld')),
  confirmed_at timestamptz not null,
  primary key (institution_id, medicine_id)
);
comment on table pharmacy.stock is 'reference: what each member holds of the formulary, and when that was confirmed';
create policy all_read on pharmacy.stock for select using (true);
create policy own_write on pharmacy.stock using (kernel.is_system() or institution_id = kernel.my_institution());
