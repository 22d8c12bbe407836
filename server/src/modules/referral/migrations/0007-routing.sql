-- How much each thing counts when destinations are ranked; an institution's own row goes before the platform's.
create table referral.routing_weight (
  institution_id uuid not null,
  id uuid not null,
  since timestamptz not null,
  travel int not null check (travel between 0 and 100),
  wait int not null check (wait between 0 and 100),
  cost int not null check (cost between 0 and 100),
  contract int not null check (contract between 0 and 100),
  load int not null check (load between 0 and 100),
  freshness int not null check (freshness between 0 and 100),
  note text not null,
  set_by text not null,
  primary key (institution_id, since)
);
comment on table referral.routing_weight is 'by-institution, append-only: how an institution weighs travel, waiting, cost, contract, load and freshness, version by version';
create index routing_weight_id on referral.routing_weight (id);
create policy own_rows on referral.routing_weight using (kernel.is_system() or institution_id = kernel.my_institution());

-- What was advised when a destination was chosen, and what was chosen.
create table referral.routing (
  resident_id uuid not null,
  referral_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  need jsonb not null,
  weight_id uuid,
  offered jsonb not null,
  chosen_institution_id uuid not null,
  chosen_department_id uuid,
  rank int,
  excluded text[] not null,
  reason text,
  actor_id text not null,
  practitioner_id uuid,
  institution_id uuid not null,
  primary key (resident_id, referral_id, id)
);
comment on table referral.routing is 'by-resident, append-only: the ranking that was shown for a referral, the choice, and why it was another than advised';
create index routing_id on referral.routing (id);
create index routing_referral on referral.routing (referral_id, at desc);
create policy parties_read on referral.routing for select using (
  kernel.is_system() or exists (select from referral.referral r where r.id = referral_id));
create policy sender_adds on referral.routing for insert with check (
  kernel.is_system() or institution_id = kernel.my_institution());
