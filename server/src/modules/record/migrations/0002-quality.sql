-- Rules of data quality as data, what each check of what came in gave, and what is to be mended. Rules are never
-- rewritten once they have begun: a count says what it was judged by then.

create table record.quality_rule (
  code text not null,
  since date not null,
  until date,
  type text not null,
  dimension text not null,
  title text not null,
  applies text,
  expression text not null,
  measure text not null,
  parameter text,
  weight int not null check (weight between 0 and 10),
  source text not null,
  primary key (code, since)
);
comment on table record.quality_rule is 'reference: what must be so of what comes in, from a day on';
comment on column record.quality_rule.dimension is 'type: Dimension from @tongmai/api/record/quality';
comment on column record.quality_rule.measure is 'type: Measure from @tongmai/api/record/quality';
create policy all_read on record.quality_rule for select using (true);
create policy staff_write on record.quality_rule using (kernel.is_system() or kernel.my_institution() is not null);

create table record.quality_count (
  institution_id uuid not null,
  day date not null,
  rule text not null,
  department_id uuid not null,
  practitioner_id uuid not null,
  type text not null,
  checked int not null,
  failed int not null,
  weighed int not null,
  missed int not null,
  primary key (institution_id, day, rule, department_id, practitioner_id)
);
comment on table record.quality_count is 'by-institution: checks of a day and how many failed, by rule, department and doctor; the null uuid is nobody known';
create index quality_count_day on record.quality_count (day);
create policy own on record.quality_count using (kernel.is_system() or institution_id = kernel.my_institution());

create table record.quality_finding (
  institution_id uuid not null,
  type text not null,
  resource_id text not null,
  rule text not null,
  resident_id uuid,
  department_id uuid,
  practitioner_id uuid,
  detail text not null,
  found_at timestamptz not null,
  mended_at timestamptz,
  primary key (institution_id, type, resource_id, rule)
);
comment on table record.quality_finding is 'by-institution: what fails a rule now or did until it was mended';
create index quality_finding_open on record.quality_finding (institution_id, found_at) where mended_at is null;
create policy own on record.quality_finding using (kernel.is_system() or institution_id = kernel.my_institution());

create table record.quality_progress (
  only_row boolean primary key default true check (only_row),
  number bigint not null
);
comment on table record.quality_progress is 'local: up to which number of the chain everything has been judged';
create policy system_only on record.quality_progress using (kernel.is_system());
insert into record.quality_progress values (true, 0);

insert into record.quality_rule (code, since, type, dimension, title, applies, expression, measure, parameter, weight, source)
select code, '2020-01-01', type, dimension, title, applies, expression, measure, parameter, weight, source from (values
  ('patient-name', 'Patient', 'completeness', '居民登记有姓名', null, 'name.text.exists() or name.family.exists()', 'holds', null, 5, '本平台默认'),
  ('patient-sex', 'Patient', 'completeness', '居民登记有明确的性别', null, $q$gender = 'male' or gender = 'female'$q$, 'holds', null, 5, '本平台默认'),
  ('patient-birth', 'Patient', 'completeness', '居民登记有出生日期', null, 'birthDate.exists()', 'holds', null, 5, '本平台默认'),
  ('patient-number', 'Patient', 'completeness', '居民登记有证件号码', null, 'identifier.exists()', 'holds', null, 4, '本平台默认'),
  ('patient-phone', 'Patient', 'completeness', '居民登记有联系电话', null, 'telecom.exists()', 'holds', null, 3, '本平台默认'),
  ('patient-address', 'Patient', 'completeness', '居民登记有住址', null, 'address.exists()', 'holds', null, 2, '本平台默认'),
  ('condition-coded', 'Condition', 'completeness', '诊断有编码', null, 'code.coding.code.exists()', 'holds', null, 5, '本平台默认'),
  ('condition-recorder', 'Condition', 'completeness', '诊断有记录医师', null, 'recorder.exists() or asserter.exists()', 'holds', null, 3, '本平台默认'),
  ('condition-icd10', 'Condition', 'validity', '诊断编码在 ICD-10 中文版中', null, $q$code.coding.where(system = 'http://hl7.org/fhir/sid/icd-10' or system = 'urn:oid:2.16.156.10011.2.3.3.11').code$q$, 'listed', 'icd10', 5, '本平台附带的 ICD-10 中文版'),
  ('condition-sex', 'Condition', 'consistency', '妊娠、分娩、产褥期诊断（ICD-10 O00–O99）与性别相符', $q$code.coding.where(system = 'http://hl7.org/fhir/sid/icd-10' or system = 'urn:oid:2.16.156.10011.2.3.3.11').code.where($this.startsWith('O')).exists()$q$, $q$%patient.gender != 'male'$q$, 'holds', null, 5, 'ICD-10 第十五章'),
  ('condition-born', 'Condition', 'consistency', '发病不早于出生', $q$onsetDateTime.exists() and %patient.birthDate.exists()$q$, 'onsetDateTime.substring(0, 10) >= %patient.birthDate.substring(0, onsetDateTime.substring(0, 10).length())', 'holds', null, 4, '本平台默认'),
  ('procedure-icd9', 'Procedure', 'validity', '手术操作编码在 ICD-9-CM-3 中文版中', null, $q$code.coding.where(system = 'http://hl7.org/fhir/sid/icd-9-cm' or system = 'urn:tongmai:code-system:icd9cm3').code$q$, 'listed', 'icd9cm3', 5, '本平台附带的 ICD-9-CM-3 中文版'),
  ('observation-value', 'Observation', 'completeness', '检验与体征有结果，或说明缺失原因', null, 'value.exists() or component.value.exists() or dataAbsentReason.exists() or hasMember.exists()', 'holds', null, 5, '本平台默认'),
  ('observation-unit', 'Observation', 'completeness', '数值结果有单位', 'value.ofType(Quantity).exists()', 'valueQuantity.unit.exists() or valueQuantity.code.exists()', 'holds', null, 4, '本平台默认'),
  ('observation-performer', 'Observation', 'completeness', '检验与体征有执行者', null, 'performer.exists()', 'holds', null, 2, '本平台默认'),
  ('observation-late', 'Observation', 'timeliness', '结果在 24 小时内进入档案', null, 'effectiveDateTime', 'within', '24', 3, '本平台默认'),
  ('systolic-range', 'Observation', 'plausibility', '收缩压在 40–300 mmHg', $q$(component.where(code.coding.where(code = '8480-6').exists()).valueQuantity.value | $this.where(code.coding.where(code = '8480-6').exists()).valueQuantity.value).exists()$q$, $q$(component.where(code.coding.where(code = '8480-6').exists()).valueQuantity.value | $this.where(code.coding.where(code = '8480-6').exists()).valueQuantity.value).all($this >= 40 and $this <= 300)$q$, 'holds', null, 4, '本平台默认：录入差错的界限，不是参考值'),
  ('diastolic-range', 'Observation', 'plausibility', '舒张压在 20–200 mmHg', $q$(component.where(code.coding.where(code = '8462-4').exists()).valueQuantity.value | $this.where(code.coding.where(code = '8462-4').exists()).valueQuantity.value).exists()$q$, $q$(component.where(code.coding.where(code = '8462-4').exists()).valueQuantity.value | $this.where(code.coding.where(code = '8462-4').exists()).valueQuantity.value).all($this >= 20 and $this <= 200)$q$, 'holds', null, 4, '本平台默认：录入差错的界限，不是参考值'),
  ('heart-rate-range', 'Observation', 'plausibility', '心率在 20–300 次/分', $q$code.coding.where(code = '8867-4').exists() and valueQuantity.value.exists()$q$, 'valueQuantity.value >= 20 and valueQuantity.value <= 300', 'holds', null, 4, '本平台默认：录入差错的界限，不是参考值'),
  ('temperature-range', 'Observation', 'plausibility', '体温在 25–45 ℃', $q$code.coding.where(code = '8310-5').exists() and valueQuantity.value.exists()$q$, 'valueQuantity.value >= 25 and valueQuantity.value <= 45', 'holds', null, 4, '本平台默认：录入差错的界限，不是参考值'),
  ('height-range', 'Observation', 'plausibility', '身高在 20–250 cm', $q$code.coding.where(code = '8302-2').exists() and valueQuantity.value.exists()$q$, 'valueQuantity.value >= 20 and valueQuantity.value <= 250', 'holds', null, 3, '本平台默认：录入差错的界限，不是参考值'),
  ('weight-range', 'Observation', 'plausibility', '体重在 0.2–400 kg', $q$code.coding.where(code = '29463-7').exists() and valueQuantity.value.exists()$q$, 'valueQuantity.value >= 0.2 and valueQuantity.value <= 400', 'holds', null, 3, '本平台默认：录入差错的界限，不是参考值'),
  ('encounter-reason', 'Encounter', 'completeness', '就诊有原因或诊断', null, 'reasonCode.exists() or reasonReference.exists() or diagnosis.exists()', 'holds', null, 3, '本平台默认'),
  ('encounter-doctor', 'Encounter', 'completeness', '就诊有接诊者', null, 'participant.individual.exists()', 'holds', null, 3, '本平台默认'),
  ('encounter-end', 'Encounter', 'completeness', '结束的就诊有结束时间', $q$status = 'finished'$q$, 'period.end.exists()', 'holds', null, 3, '本平台默认'),
  ('encounter-order', 'Encounter', 'consistency', '就诊结束不早于开始', 'period.start.exists() and period.end.exists()', 'period.start <= period.end', 'holds', null, 5, 'FHIR R4 per-1'),
  ('encounter-late', 'Encounter', 'timeliness', '就诊在 24 小时内进入档案', null, 'period.start', 'within', '24', 3, '本平台默认'),
  ('medicine-coded', 'MedicationRequest', 'completeness', '处方有药名', null, 'medication.exists()', 'holds', null, 5, '处方管理办法（2007 年卫生部令第 53 号）第六条'),
  ('medicine-dosage', 'MedicationRequest', 'completeness', '处方有用法用量', null, 'dosageInstruction.exists()', 'holds', null, 4, '处方管理办法（2007 年卫生部令第 53 号）第六条'),
  ('medicine-prescriber', 'MedicationRequest', 'completeness', '处方有开方医师', null, 'requester.exists()', 'holds', null, 4, '处方管理办法（2007 年卫生部令第 53 号）第六条'),
  ('report-result', 'DiagnosticReport', 'completeness', '报告有结果、结论或原件', null, 'result.exists() or conclusion.exists() or presentedForm.exists()', 'holds', null, 4, '本平台默认'),
  ('report-performer', 'DiagnosticReport', 'completeness', '报告有出具者', null, 'performer.exists() or resultsInterpreter.exists()', 'holds', null, 3, '本平台默认'),
  ('allergy-coded', 'AllergyIntolerance', 'completeness', '过敏有过敏原', null, 'code.exists()', 'holds', null, 5, '本平台默认'),
  ('immunisation-lot', 'Immunization', 'completeness', '接种有疫苗批号', $q$status = 'completed'$q$, 'lotNumber.exists()', 'holds', null, 4, '疫苗管理法（2019）第四十五条'),
  ('immunisation-past', 'Immunization', 'consistency', '接种不早于出生', '%patient.birthDate.exists() and occurrenceDateTime.exists()', 'occurrenceDateTime.substring(0, 10) >= %patient.birthDate.substring(0, occurrenceDateTime.substring(0, 10).length())', 'holds', null, 4, '本平台默认')
) as r (code, type, dimension, title, applies, expression, measure, parameter, weight, source);
