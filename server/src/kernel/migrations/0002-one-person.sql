-- Residents who are one person: every two of them, in both directions, kept by module resident. A link copies nothing;
-- what is read of one is read of all.
create table kernel.same_person (
  resident_id uuid not null,
  other_id uuid not null,
  kind text not null check (kind in ('seealso', 'replaces', 'replaced-by')),
  primary key (resident_id, other_id)
);
comment on table kernel.same_person is 'by-resident: which residents are one person; kind is what FHIR says of the other (Patient.link)';
create policy system_all on kernel.same_person using (kernel.is_system());
create policy staff_read on kernel.same_person for select
  using (kernel.my_institution() is not null or kernel.is_my_resident(resident_id));

-- A grant holds for the whole person: a linked resident has it from the one it was given for, and loses it with the
-- link. The zero uuid: given for this resident. `sensitive` says which categories it opens besides (bits).
alter table kernel.access_grant
  add column from_resident_id uuid not null default '00000000-0000-0000-0000-000000000000',
  add column sensitive smallint not null default 0,
  drop constraint access_grant_pkey,
  add primary key (resident_id, institution_id, basis, source, from_resident_id);
create index access_grant_from on kernel.access_grant (from_resident_id)
  where from_resident_id <> '00000000-0000-0000-0000-000000000000';

create table kernel.sensitive_code (
  system text not null,
  code text not null,
  since date not null,
  until date,
  category smallint not null check (category in (1, 2, 4, 8)),
  source text not null,
  primary key (system, code, since)
);
comment on table kernel.sensitive_code is 'reference: codes by their beginning and the category they make sensitive: 1 psychiatry, 2 HIV and sexually transmitted, 4 addiction, 8 reproduction';
create policy all_read on kernel.sensitive_code for select using (true);
create policy system_writes on kernel.sensitive_code using (kernel.is_system());
insert into kernel.sensitive_code (system, code, since, category, source) values
  ('icd10', 'F1', '2020-01-01', 4, 'ICD-10 第五章 F10–F19;本平台默认'),
  ('icd10', 'F2', '2020-01-01', 1, 'ICD-10 第五章 F20–F29;精神卫生法 第二十三条(保密);本平台默认'),
  ('icd10', 'F3', '2020-01-01', 1, 'ICD-10 第五章 F30–F39;本平台默认'),
  ('icd10', 'F4', '2020-01-01', 1, 'ICD-10 第五章 F40–F48;本平台默认'),
  ('icd10', 'F5', '2020-01-01', 1, 'ICD-10 第五章 F50–F59;本平台默认'),
  ('icd10', 'F6', '2020-01-01', 1, 'ICD-10 第五章 F60–F69;本平台默认'),
  ('icd10', 'B20', '2020-01-01', 2, 'ICD-10 B20–B24;艾滋病防治条例 第三十九条(不得公开);本平台默认'),
  ('icd10', 'B21', '2020-01-01', 2, 'ICD-10 B20–B24;本平台默认'),
  ('icd10', 'B22', '2020-01-01', 2, 'ICD-10 B20–B24;本平台默认'),
  ('icd10', 'B23', '2020-01-01', 2, 'ICD-10 B20–B24;本平台默认'),
  ('icd10', 'B24', '2020-01-01', 2, 'ICD-10 B20–B24;本平台默认'),
  ('icd10', 'Z21', '2020-01-01', 2, 'ICD-10 Z21;本平台默认'),
  ('icd10', 'A50', '2020-01-01', 2, 'ICD-10 A50–A64;本平台默认'),
  ('icd10', 'A51', '2020-01-01', 2, 'ICD-10 A50–A64;本平台默认'),
  ('icd10', 'A52', '2020-01-01', 2, 'ICD-10 A50–A64;本平台默认'),
  ('icd10', 'A53', '2020-01-01', 2, 'ICD-10 A50–A64;本平台默认'),
  ('icd10', 'A54', '2020-01-01', 2, 'ICD-10 A50–A64;本平台默认'),
  ('icd10', 'O04', '2020-01-01', 8, 'ICD-10 O04;本平台默认'),
  ('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'PSY', '2020-01-01', 1, 'HL7 v3 ActCode'),
  ('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'MH', '2020-01-01', 1, 'HL7 v3 ActCode'),
  ('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'HIV', '2020-01-01', 2, 'HL7 v3 ActCode'),
  ('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'STD', '2020-01-01', 2, 'HL7 v3 ActCode'),
  ('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'SUD', '2020-01-01', 4, 'HL7 v3 ActCode'),
  ('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'ETH', '2020-01-01', 4, 'HL7 v3 ActCode'),
  ('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'SEX', '2020-01-01', 8, 'HL7 v3 ActCode'),
  ('http://loinc.org', '75622-1', '2020-01-01', 2, 'LOINC, HIV 1+2 抗体与抗原'),
  ('http://loinc.org', '7917-8', '2020-01-01', 2, 'LOINC, HIV 1 抗体'),
  ('http://loinc.org', '56888-1', '2020-01-01', 2, 'LOINC, HIV 1+2 抗体与抗原'),
  ('http://snomed.info/sct', '86406008', '2020-01-01', 2, 'SNOMED CT, HIV 感染');

-- The second wall also keeps what is sensitive: who wrote it reads it, all others on a grant that opens its category.
drop policy lawful on kernel.resource;
create policy lawful on kernel.resource for select using (kernel.is_system()
  or (audience is null and (resident_id = '00000000-0000-0000-0000-000000000000'
    or exists (select from kernel.access_grant g where g.resident_id = resource.resident_id
      and g.institution_id = kernel.my_institution() and not g.suspended and (g.until is null or g.until > now())
      and (resource.sensitivity = 0 or resource.institution_id = kernel.my_institution()
        or (resource.sensitivity & ~g.sensitive) = 0))))
  or (audience is not null and kernel.my_institution() = any (audience))
  or kernel.is_my_resident(resident_id));
drop policy lawful on kernel.resource_history;
create policy lawful on kernel.resource_history for select using (kernel.is_system()
  or (audience is null and (resident_id = '00000000-0000-0000-0000-000000000000'
    or exists (select from kernel.access_grant g where g.resident_id = resource_history.resident_id
      and g.institution_id = kernel.my_institution() and not g.suspended and (g.until is null or g.until > now())
      and (resource_history.sensitivity = 0 or resource_history.institution_id = kernel.my_institution()
        or (resource_history.sensitivity & ~g.sensitive) = 0))))
  or (audience is not null and kernel.my_institution() = any (audience))
  or kernel.is_my_resident(resident_id));
