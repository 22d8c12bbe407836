-- The result by which an ordered test is done; without one it is still waited for.
create table recognition.answer (
  resident_id uuid not null,
  -- The decision that ordered it.
  id uuid not null,
  result_type text not null,
  result_id text not null,
  institution_id uuid,
  at timestamptz not null,
  primary key (resident_id, id)
);
comment on table recognition.answer is 'by-resident: the result that came for an ordered test';
create index answer_id on recognition.answer (id);
create policy parties on recognition.answer for select using (kernel.is_system() or exists (
  select from recognition.decision d where d.resident_id = answer.resident_id and d.id = answer.id));
create policy system_writes on recognition.answer using (kernel.is_system());
create index decision_order on recognition.decision (order_id);
