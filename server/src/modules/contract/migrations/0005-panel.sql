-- Who belongs to which priority group 重点人群: by age, or by a condition in the record.
create table contract.group_rule (
  priority_group text not null,
  kind text not null check (kind in ('minAge', 'maxAge', 'icd10')),
  value text not null,
  -- A condition older than this says nothing any more; null for one that stays.
  within_days int,
  since date not null,
  source text not null,
  primary key (priority_group, kind, value, since)
);
comment on table contract.group_rule is 'reference: by what in their record or age residents belong to a priority group';
comment on column contract.group_rule.priority_group is 'type: PriorityGroup from @tongmai/api/contract/package';
create policy all_read on contract.group_rule for select using (true);
create policy system_writes on contract.group_rule using (kernel.is_system());
insert into contract.group_rule
  select g, kind, value, within_days, '2020-01-01', source from (values
    ('elderly', 'minAge', array['65'], null::int, '重点人群口径:65 岁及以上老年人'),
    ('child', 'maxAge', array['6'], null, '重点人群口径:0–6 岁儿童'),
    ('hypertension', 'icd10', array['I10', 'I11', 'I12', 'I13', 'I15'], null, 'ICD-10 I10–I15 高血压病'),
    ('diabetes', 'icd10', array['E11'], null, '重点人群口径为 2 型糖尿病;ICD-10 E11'),
    ('copd', 'icd10', array['J44'], null, 'ICD-10 J44;2024 年起纳入基本公卫'),
    ('tuberculosis', 'icd10', array['A15', 'A16', 'A17', 'A18', 'A19'], null, 'ICD-10 A15–A19 结核病'),
    ('mentalDisorder', 'icd10', array['F20', 'F22', 'F25', 'F31'], null, 'ICD-10:精神分裂症、偏执性精神病、分裂情感障碍、双相障碍;其余两类待临床确认'),
    ('pregnant', 'icd10', array['Z33', 'Z34', 'Z35'], 300, 'ICD-10 Z33–Z35;300 天内的记录,本平台默认')
  ) r (g, kind, values_of, within_days, source), unnest(values_of) value;

create table contract.call (
  resident_id uuid not null,
  contract_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  practitioner_id uuid,
  at timestamptz not null,
  outcome text not null,
  note text not null,
  primary key (resident_id, contract_id, id)
);
comment on table contract.call is 'by-resident, append-only: calls of the team to its residents, and the hotline''s from them';
comment on column contract.call.outcome is 'type: CallOutcome from @tongmai/api/contract/panel';
create index call_id on contract.call (id);
create index call_contract on contract.call (contract_id, at desc);
create policy community_reads on contract.call for select
  using (kernel.is_system() or community_id = kernel.my_institution());
create policy community_adds on contract.call for insert
  with check (kernel.is_system() or community_id = kernel.my_institution());
