-- Who signed a line of a spreadsheet where it was not the resident; both null: the resident.
alter table contract.bulk_line add column signer text, add column relation text;
comment on column contract.bulk_line.relation is 'type: Relation from @tongmai/api/resident/person';

-- A rule whose source is not known exists and is off until whoever oversees the region confirms it.
alter table contract.group_rule
  add column state text not null default 'inForce' check (state in ('inForce', 'toConfirm')),
  add column confirmed_by text,
  add column confirmed_at timestamptz;
insert into contract.group_rule (priority_group, kind, value, within_days, since, source, state) values
  ('disabled', 'icd10', 'Z73.6', null, '2020-01-01', '待确认:重点人群含残疾人,来源资料未给认定依据;此处暂列 ICD-10 Z73.6(因残疾活动受限),应以残联持证名册为准', 'toConfirm'),
  ('poverty', 'icd10', 'Z59.5', null, '2020-01-01', '待确认:重点人群含脱贫、低保、特困,来源资料未给认定依据;此处暂列 ICD-10 Z59.5(极度贫困),应以民政名册为准', 'toConfirm'),
  ('poverty', 'icd10', 'Z59.6', null, '2020-01-01', '待确认:重点人群含脱贫、低保、特困,来源资料未给认定依据;此处暂列 ICD-10 Z59.6(低收入),应以民政名册为准', 'toConfirm'),
  ('familyPlanningSpecial', 'icd10', 'Z63.4', null, '2020-01-01', '待确认:重点人群含计划生育特殊家庭,来源资料未给认定依据;此处暂列 ICD-10 Z63.4(家庭成员失踪或死亡),不足以认定,应以卫生健康部门名册为准', 'toConfirm');
