create table workforce.practitioner (
  id uuid primary key,
  institution_id uuid,
  name text not null,
  sex text not null check (sex in ('male', 'female', 'unknown', 'unspecified')),
  kind text not null check (kind in ('physician', 'nurse', 'pharmacist', 'technician')),
  title text not null check (title in ('chief', 'associateChief', 'attending', 'resident', 'none')),
  phone text,
  external boolean not null default false,
  source_key text unique,
  version int not null default 1,
  created_at timestamptz not null,
  check (external or institution_id is not null)
);
comment on table workforce.practitioner is 'reference: who treats, and where they mainly practise; external ones are only named in foreign records';
create index practitioner_institution on workforce.practitioner (institution_id, name);
create policy all_read on workforce.practitioner for select using (true);
create policy own_add on workforce.practitioner for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_change on workforce.practitioner for update
  using (kernel.is_system() or institution_id = kernel.my_institution())
  with check (kernel.is_system() or institution_id = kernel.my_institution());

create view workforce.name with (security_invoker = true) as
  select id, institution_id, name, title from workforce.practitioner;

create table workforce.licence (
  practitioner_id uuid not null references workforce.practitioner (id),
  id uuid not null,
  kind text not null,
  number_sealed text not null,
  number_masked text not null,
  number_blind text not null,
  scopes text[] not null,
  since date not null,
  until date,
  created_at timestamptz not null,
  primary key (practitioner_id, id),
  check (until is null or until >= since)
);
comment on table workforce.licence is 'reference: what entitles a practitioner to act; the number is sealed because it can contain the id number';
comment on column workforce.licence.kind is 'type: LicenceKind from @tongmai/api/workforce/practitioner';
comment on column workforce.licence.scopes is 'type: PracticeScope from @tongmai/api/workforce/practitioner';
create unique index licence_id on workforce.licence (id);
create unique index licence_number on workforce.licence (number_blind, since);
create index licence_until on workforce.licence (until);
create policy all_read on workforce.licence for select using (true);
create policy own_write on workforce.licence using (kernel.is_system() or exists (
  select from workforce.practitioner p where p.id = practitioner_id and p.institution_id = kernel.my_institution()));

create table workforce.site (
  practitioner_id uuid not null references workforce.practitioner (id),
  id uuid not null,
  institution_id uuid not null,
  department_id uuid,
  is_primary boolean not null,
  since date not null,
  until date,
  primary key (practitioner_id, id),
  check (until is null or until >= since)
);
comment on table workforce.site is 'reference: where a practitioner may practise: one primary site, others by filing';
create unique index site_id on workforce.site (id);
create index site_institution on workforce.site (institution_id, practitioner_id);
create unique index site_one_primary on workforce.site (practitioner_id) where is_primary and until is null;
create unique index site_once on workforce.site (practitioner_id, institution_id) where until is null;
create policy all_read on workforce.site for select using (true);
create policy own_write on workforce.site using (kernel.is_system() or institution_id = kernel.my_institution());

create table workforce.act_rule (
  act text not null,
  kind text not null,
  since date not null,
  until date,
  licences text[] not null,
  scopes text[],
  titles text[],
  source text not null,
  primary key (act, kind, since)
);
comment on table workforce.act_rule is 'reference: which licence, scope and title each act asks of each kind of practitioner, by date of the act';
comment on column workforce.act_rule.act is 'type: Act from @tongmai/api/workforce/practitioner';
comment on column workforce.act_rule.kind is 'type: PractitionerKind from @tongmai/api/workforce/practitioner';
comment on column workforce.act_rule.licences is 'type: LicenceKind from @tongmai/api/workforce/practitioner';
comment on column workforce.act_rule.scopes is 'type: PracticeScope from @tongmai/api/workforce/practitioner';
comment on column workforce.act_rule.titles is 'type: Title from @tongmai/api/workforce/practitioner';
create policy all_read on workforce.act_rule for select using (true);
create policy system_writes on workforce.act_rule using (kernel.is_system());
insert into workforce.act_rule (act, kind, since, until, licences, scopes, titles, source) values
  ('diagnose', 'physician', '1999-05-01', null, '{physicianPractice}', null, null, '医师法 第十四条'),
  ('record', 'physician', '1999-05-01', null, '{physicianPractice,assistantPractice}', null, null, '病历书写基本规范'),
  ('record', 'nurse', '2008-05-12', null, '{nursePractice}', null, null, '护士条例 第七条'),
  ('refer', 'physician', '1999-05-01', null, '{physicianPractice,assistantPractice}', null, null, '医疗联合体管理办法 双向转诊'),
  ('answerReferral', 'physician', '1999-05-01', null, '{physicianPractice}', null, null, '医疗联合体管理办法 双向转诊'),
  ('treat', 'physician', '1999-05-01', null, '{physicianPractice}', null, null, '医师法 第十四条'),
  ('takeOver', 'physician', '1999-05-01', null, '{physicianPractice,assistantPractice}', '{generalPractice,internalMedicine,traditionalMedicine}', null, '关于推进家庭医生签约服务的指导意见'),
  ('followUp', 'physician', '1999-05-01', null, '{physicianPractice,assistantPractice}', null, null, '国家基本公共卫生服务规范'),
  ('followUp', 'nurse', '2008-05-12', null, '{nursePractice}', null, null, '国家基本公共卫生服务规范'),
  ('prescribe', 'physician', '2007-05-01', null, '{physicianPractice}', null, null, '处方管理办法 第八条'),
  ('prescribeNarcotic', 'physician', '2007-05-01', null, '{narcoticPrescribing}', null, null, '处方管理办法 第十一条'),
  ('reviewPrescription', 'pharmacist', '2007-05-01', null, '{pharmacistPractice}', null, null, '处方管理办法 第二十九条'),
  ('consult', 'physician', '2018-07-17', null, '{physicianPractice}', null, '{chief,associateChief,attending}', '远程医疗服务管理规范(试行)'),
  ('report', 'physician', '1999-05-01', null, '{physicianPractice}', '{imaging,pathology,laboratory,internalMedicine}', null, '医师法 第十四条');

create table workforce.rule (
  code text not null,
  since date not null,
  value int not null,
  source text not null,
  primary key (code, since)
);
comment on table workforce.rule is 'reference: numbers that the module goes by, by date';
create policy all_read on workforce.rule for select using (true);
create policy system_writes on workforce.rule using (kernel.is_system());
insert into workforce.rule values ('licenceNoticeDays', '2020-01-01', 30, '本平台默认');

create table workforce.team (
  institution_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('gp', 'attending')),
  phone text,
  since date not null,
  until date,
  version int not null default 1,
  primary key (institution_id, id)
);
comment on table workforce.team is 'by-institution: GP teams and attending teams';
create index team_id on workforce.team (id);
create policy all_read on workforce.team for select using (true);
create policy own_write on workforce.team using (kernel.is_system() or institution_id = kernel.my_institution());

create table workforce.team_member (
  institution_id uuid not null,
  team_id uuid not null,
  practitioner_id uuid not null references workforce.practitioner (id),
  leads boolean not null,
  since date not null,
  until date,
  primary key (institution_id, team_id, practitioner_id, since),
  foreign key (institution_id, team_id) references workforce.team (institution_id, id)
);
comment on table workforce.team_member is 'by-institution: who belongs to which team; who left stays in it as history';
create index team_member_person on workforce.team_member (practitioner_id) where until is null;
create unique index team_member_once on workforce.team_member (institution_id, team_id, practitioner_id) where until is null;
create unique index team_one_leader on workforce.team_member (institution_id, team_id) where leads and until is null;
create policy all_read on workforce.team_member for select using (true);
create policy own_write on workforce.team_member using (kernel.is_system() or institution_id = kernel.my_institution());

create table workforce.duty (
  institution_id uuid not null,
  kind text not null check (kind in ('dutyOfficer', 'physician', 'referralDesk', 'nurse')),
  day date not null,
  shift text not null check (shift in ('day', 'night')),
  practitioner_id uuid not null references workforce.practitioner (id),
  primary key (institution_id, kind, day, shift)
);
comment on table workforce.duty is 'by-institution: who is on duty, one person per kind of duty and shift';
create policy all_read on workforce.duty for select using (true);
create policy own_write on workforce.duty using (kernel.is_system() or institution_id = kernel.my_institution());

-- One row per thing with a person in it: never nobody and never two are properties of the table, not of the code.
create table workforce.responsible (
  resident_id uuid not null,
  thing text not null,
  institution_id uuid not null,
  practitioner_id uuid not null references workforce.practitioner (id),
  since timestamptz not null,
  released_at timestamptz,
  note text,
  parties uuid[] not null,
  primary key (resident_id, thing)
);
comment on table workforce.responsible is 'by-resident: the one named physician who answers for a thing; released once the thing is closed';
create index responsible_thing on workforce.responsible (thing);
create index responsible_person on workforce.responsible (practitioner_id) where released_at is null;
create policy parties_read on workforce.responsible for select
  using (kernel.is_system() or kernel.my_institution() = any (parties) or kernel.is_my_resident(resident_id));
create policy parties_add on workforce.responsible for insert
  with check (kernel.is_system() or kernel.my_institution() = any (parties));
create policy parties_change on workforce.responsible for update
  using (kernel.is_system() or kernel.my_institution() = any (parties));

create table workforce.responsible_history (
  resident_id uuid not null,
  thing text not null,
  since timestamptz not null,
  until timestamptz not null,
  institution_id uuid not null,
  practitioner_id uuid not null,
  note text,
  parties uuid[] not null,
  id uuid not null,
  primary key (resident_id, thing, id)
);
comment on table workforce.responsible_history is 'by-resident, append-only: who answered for a thing before';
create index responsible_history_thing on workforce.responsible_history (thing);
create policy parties_read on workforce.responsible_history for select
  using (kernel.is_system() or kernel.my_institution() = any (parties) or kernel.is_my_resident(resident_id));
create policy parties_add on workforce.responsible_history for insert
  with check (kernel.is_system() or kernel.my_institution() = any (parties));
