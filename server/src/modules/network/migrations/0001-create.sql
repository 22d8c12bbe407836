-- Institutions and alliances are few and everything joins them: reference tables, readable by all.
-- The policies are the second wall; days of membership are compared in the store, which knows the day.

create table network.division (
  code text collate "C" primary key check (code ~ '^[0-9]{6}([0-9]{3}){0,2}$'),
  name text not null,
  level text not null check (level in ('province', 'city', 'county', 'township', 'village')),
  parent_code text,
  in_region boolean not null default false,
  population int,
  shape jsonb
);
comment on table network.division is 'reference: administrative divisions (GB/T 2260 and below) with their shapes';
create index division_parent on network.division (parent_code);
create index division_level on network.division (level) where in_region;
create policy all_read on network.division for select using (true);
create policy staff_add on network.division for insert with check (kernel.is_system() or kernel.my_institution() is not null);
create policy staff_change on network.division for update using (kernel.is_system() or kernel.my_institution() is not null);

create table network.institution (
  id uuid primary key,
  code text not null unique,
  credit_code text unique,
  name text not null,
  short_name text not null,
  kind text not null,
  tier text,
  hospital_grade text,
  division_code text,
  longitude double precision,
  latitude double precision,
  address text,
  phone text,
  external boolean not null default false,
  identifier text,
  source text,
  closed_on date,
  version int not null default 1,
  added_at timestamptz not null,
  changed_at timestamptz not null,
  check ((kind = 'external') = external)
);
comment on table network.institution is 'reference: hospitals, centres, clinics, authorities, and external ones met in records';
create index institution_name on network.institution (name);
create unique index institution_identifier on network.institution (identifier) where external;
create policy all_read on network.institution for select using (true);
create policy staff_add on network.institution for insert with check (kernel.is_system() or kernel.my_institution() is not null);
create policy own_change on network.institution for update
  using (kernel.is_system() or id = kernel.my_institution() or (external and kernel.my_institution() is not null));

-- Every tail of the name, of its pinyin and of its initials: finding a part is a range over this index.
create table network.search_key (
  key text collate "C" not null,
  institution_id uuid not null references network.institution (id),
  primary key (key, institution_id)
);
comment on table network.search_key is 'reference: by which beginnings an institution is found';
create index search_key_institution on network.search_key (institution_id);
create policy all_read on network.search_key for select using (true);
create policy staff_write on network.search_key using (kernel.is_system() or kernel.my_institution() is not null);

create table network.department (
  id uuid primary key,
  institution_id uuid not null references network.institution (id),
  code text not null,
  name text not null,
  specialty text not null,
  phone text,
  closed_on date,
  version int not null default 1,
  unique (institution_id, code)
);
comment on table network.department is 'reference: departments of the institutions with their specialty';
create index department_specialty on network.department (specialty);
create policy all_read on network.department for select using (true);
create policy own_add on network.department for insert with check (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_change on network.department for update using (kernel.is_system() or institution_id = kernel.my_institution());

create table network.alliance (
  id uuid primary key,
  name text not null,
  short_name text not null,
  form text not null check (form in ('cityAlliance', 'countyCommunity', 'specialtyAlliance', 'teleNetwork')),
  specialty text,
  charter text,
  founder_id uuid not null,
  since date not null,
  until date,
  version int not null default 1,
  added_at timestamptz not null
);
comment on table network.alliance is 'reference: alliances of the four forms';
create table network.membership (
  id uuid primary key,
  alliance_id uuid not null references network.alliance (id),
  institution_id uuid not null references network.institution (id),
  role text not null check (role in ('lead', 'member', 'partner')),
  layer text not null check (layer in ('inCity', 'outOfCity', 'nationalCentre')),
  grade text not null check (grade in ('coLed', 'tight', 'loose')),
  since date not null,
  until date,
  version int not null default 1,
  check (until is null or until >= since)
);
comment on table network.membership is 'reference: which institution is in which alliance, in which layer, grade and role, from when to when';
create index membership_alliance on network.membership (alliance_id, role);
create index membership_institution on network.membership (institution_id);

create function network.leads(alliance uuid) returns boolean language sql stable
  as $$ select exists (select from network.membership m where m.alliance_id = alliance
    and m.role = 'lead' and m.institution_id = kernel.my_institution()) $$;
create function network.belongs(alliance uuid) returns boolean language sql stable
  as $$ select exists (select from network.membership m where m.alliance_id = alliance
    and m.institution_id = kernel.my_institution()) $$;
create function network.oversees() returns boolean language sql stable
  as $$ select exists (select from network.institution i where i.id = kernel.my_institution()
    and i.kind = 'healthAuthority') $$;

create policy all_read on network.alliance for select using (true);
create policy founder_adds on network.alliance for insert
  with check (kernel.is_system() or founder_id = kernel.my_institution());
create policy lead_changes on network.alliance for update using (kernel.is_system() or network.leads(id));
create policy all_read on network.membership for select using (true);
create policy lead_adds on network.membership for insert with check (
  kernel.is_system() or network.leads(alliance_id)
  or exists (select from network.alliance a where a.id = alliance_id and a.founder_id = kernel.my_institution()));
create policy lead_changes on network.membership for update using (kernel.is_system() or network.leads(alliance_id));

-- What a grade switches on. Rows without an alliance are what a new alliance begins with.
create table network.service_rule (
  id uuid primary key,
  alliance_id uuid references network.alliance (id),
  grade text not null check (grade in ('coLed', 'tight', 'loose')),
  service text not null,
  since date not null,
  until date
);
comment on table network.service_rule is 'reference: what agreements of a grade switch on in an alliance, from which day to which';
create index service_rule_alliance on network.service_rule (alliance_id, grade);
create policy all_read on network.service_rule for select using (true);
create policy lead_adds on network.service_rule for insert with check (
  kernel.is_system()
  or exists (select from network.alliance a where a.id = alliance_id and a.founder_id = kernel.my_institution())
  or network.leads(alliance_id));
create policy lead_changes on network.service_rule for update using (kernel.is_system() or network.leads(alliance_id));
create policy lead_removes on network.service_rule for delete using (kernel.is_system() or network.leads(alliance_id));
insert into network.service_rule (id, alliance_id, grade, service, since)
  select md5('network.service_rule ' || grade || ' ' || service)::uuid, null, grade, service, date '2020-08-01'
  from (values
    ('coLed', '{referral,recordSharing,consult,formulary,recognition,diagnostics,outreach,training}'::text[]),
    ('tight', '{referral,recordSharing,consult,formulary,recognition,diagnostics,outreach,training}'),
    ('loose', '{referral,consult,training}')) as begin (grade, services), unnest(services) as service;

create table network.agreement (
  id uuid primary key,
  number text not null unique,
  alliance_id uuid not null references network.alliance (id),
  title text not null,
  text text not null,
  grade text not null check (grade in ('coLed', 'tight', 'loose')),
  parties uuid[] not null,
  status text not null,
  since date not null,
  until date not null,
  renews uuid references network.agreement (id),
  drafter_id uuid not null,
  in_force_at timestamptz,
  ended_at timestamptz,
  version int not null default 1,
  added_at timestamptz not null,
  check (until >= since)
);
comment on table network.agreement is 'reference: cooperation agreements between members, from draft to end';
create index agreement_alliance on network.agreement (alliance_id);
create index agreement_running on network.agreement (status) where status in ('signed', 'inForce');
create policy parties on network.agreement using (
  kernel.is_system() or kernel.my_institution() = any (parties) or drafter_id = kernel.my_institution()
  or network.leads(alliance_id) or network.oversees());

create table network.signatory (
  agreement_id uuid not null references network.agreement (id),
  institution_id uuid not null,
  id uuid not null,
  signed_at timestamptz,
  signer_id text,
  signer_name text,
  left_at timestamptz,
  primary key (agreement_id, institution_id)
);
comment on table network.signatory is 'reference: the parties of an agreement, who signed for each and when, and who left';
create policy parties on network.signatory using (exists (select from network.agreement a where a.id = agreement_id));

create table network.agreement_step (
  agreement_id uuid not null references network.agreement (id),
  id uuid not null,
  at timestamptz not null,
  move text not null,
  actor_id text not null,
  institution_id uuid,
  person_name text,
  note text,
  primary key (agreement_id, id)
);
comment on table network.agreement_step is 'reference, append-only: what happened to an agreement';
create policy parties_read on network.agreement_step for select
  using (exists (select from network.agreement a where a.id = agreement_id));
create policy parties_add on network.agreement_step for insert
  with check (exists (select from network.agreement a where a.id = agreement_id));

-- What is in force, pair by pair and both ways: readable by all, where the agreement's text is not.
create table network.cooperation (
  institution_id uuid not null,
  partner_id uuid not null,
  agreement_id uuid not null references network.agreement (id),
  alliance_id uuid not null,
  grade text not null,
  since timestamptz not null,
  until timestamptz not null,
  primary key (institution_id, partner_id, agreement_id)
);
comment on table network.cooperation is 'reference: between whom an agreement of which grade is in force, from when to when';
create index cooperation_agreement on network.cooperation (agreement_id);
create policy all_read on network.cooperation for select using (true);
create policy parties_add on network.cooperation for insert
  with check (kernel.is_system() or exists (select from network.agreement a where a.id = agreement_id));
create policy parties_change on network.cooperation for update
  using (kernel.is_system() or exists (select from network.agreement a where a.id = agreement_id));

create view network.service_between with (security_invoker = true) as
  select c.institution_id, c.partner_id, c.agreement_id, r.service,
    greatest(c.since, r.since::timestamp at time zone 'Asia/Shanghai') as since,
    least(c.until, (r.until + 1)::timestamp at time zone 'Asia/Shanghai') as until
  from network.cooperation c
  join network.service_rule r on r.alliance_id = c.alliance_id and r.grade = c.grade;
create view network.name with (security_invoker = true) as
  select id, name, short_name, kind, tier from network.institution;
create view network.department_name with (security_invoker = true) as
  select id, institution_id, name, specialty from network.department;
