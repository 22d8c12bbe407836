create index referral_submitted on referral.referral (submitted_at) where submitted_at is not null;

-- When a resident was seen where: first contacts are read from it.
create table referral.contact (
  resident_id uuid not null,
  encounter_id text not null,
  institution_id uuid not null,
  at timestamptz not null,
  primary key (resident_id, encounter_id)
);
comment on table referral.contact is 'by-resident: read model of encounters, of when a resident was seen where';
create index contact_at on referral.contact (at);
create policy system_all on referral.contact using (kernel.is_system());
create policy own_adds on referral.contact for insert with check (institution_id = kernel.my_institution());
create policy own_changes on referral.contact for update using (institution_id = kernel.my_institution());
create policy own_reads on referral.contact for select using (institution_id = kernel.my_institution());

create table referral.review (
  resident_id uuid not null,
  id uuid not null,
  referral_id uuid not null,
  drawn_at timestamptz not null,
  drawn_by text not null,
  institution_id uuid not null,
  reviewer_id uuid not null,
  reviewer_institution_id uuid not null,
  due timestamptz,
  verdict text check (verdict in ('appropriate', 'avoidable', 'tooLate', 'wrongPlace', 'undecided')),
  note text,
  judged_at timestamptz,
  primary key (resident_id, id)
);
comment on table referral.review is 'by-resident: referrals of a random sample, each judged by a physician';
create index review_id on referral.review (id);
create unique index review_referral on referral.review (resident_id, referral_id);
create index review_office on referral.review (institution_id, drawn_at desc);
create index review_reviewer on referral.review (reviewer_institution_id, drawn_at desc);
create policy parties on referral.review using (
  kernel.is_system() or institution_id = kernel.my_institution() or reviewer_institution_id = kernel.my_institution());

insert into referral.deadline_rule (step, urgency, since, minutes, source) values
  ('review', '*', '2020-01-01', 10080, '默认值:抽样评审 7 天');
