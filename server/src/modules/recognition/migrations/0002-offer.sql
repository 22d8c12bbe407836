-- What was offered to another system by a card, so that its feedback becomes a decision like any other.
create table recognition.offer (
  resident_id uuid not null,
  id uuid not null,
  institution_id uuid not null,
  at timestamptz not null,
  draft jsonb not null,
  decided_at timestamptz,
  primary key (resident_id, id)
);
comment on table recognition.offer is 'by-resident: usable results shown to other systems, until they say what was done';
create index offer_id on recognition.offer (id);
create policy own on recognition.offer using (kernel.is_system() or institution_id = kernel.my_institution());

-- Other systems do not say whether the patient was told: it is then unknown.
alter table recognition.decision drop constraint decision_check2;
