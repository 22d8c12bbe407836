create table careplan.guideline (
  code text primary key,
  name text not null,
  mark text not null,
  note text not null
);
comment on table careplan.guideline is 'reference: what a step of a pathway may stand on, and where the platform''s reference has it from';
create policy all_read on careplan.guideline for select using (true);
create policy system_writes on careplan.guideline using (kernel.is_system());
insert into careplan.guideline values
  ('publicHealth', '国家基本公共卫生服务规范：高血压、2 型糖尿病患者健康管理', 'S22、S23', '控制不满意 2 周内随访；连续两次不满意转诊，2 周内主动随访；危急紧急转诊'),
  ('hypertensionReferral', '高血压随诊与转诊条件', 'S22', '规范用药 2–3 月仍不达标、波动大、新发严重情况等转诊'),
  ('hypertensionTiers', '高血压分级诊疗（县-乡-村）', 'S21', '急诊转诊与下转条件'),
  ('tieredCare', '分级诊疗考核评价口径（市级平台）', 'S7', '规范化诊疗和管理率'),
  ('longPrescription', '长期处方管理规范（试行）', 'S45', '一般 4 周，最长不超过 12 周'),
  ('diabetesUrgent', '糖尿病紧急转诊条件（通行内容，未逐条核对原文）', 'OK', '空腹血糖 ≥16.7 或 ≤3.9 mmol/L，血压 ≥180/110，意识或行为改变等');

create table careplan.pathway (
  institution_id uuid not null,
  id uuid not null,
  line uuid not null,
  version int not null,
  programme text not null,
  title text not null,
  note text not null,
  steps jsonb not null,
  based_on uuid,
  status text not null,
  author_id uuid,
  reviewer_id uuid,
  comment text,
  published_on date,
  ended_on date,
  end_note text,
  changed_at timestamptz not null,
  revision int not null default 1,
  primary key (institution_id, id),
  unique (institution_id, line, version)
);
comment on table careplan.pathway is 'by-institution: clinical pathways, one row per version, with their steps and where they stand between draft and withdrawal';
comment on column careplan.pathway.programme is 'type: ProgrammeCode from @tongmai/api/careplan/programme';
comment on column careplan.pathway.status is 'type: PathwayStatus from @tongmai/api/careplan/pathway';
comment on column careplan.pathway.steps is 'type: PathwaySteps from @tongmai/api/careplan/pathway';
-- One version of a line is in force, and one is being written.
create unique index pathway_in_force on careplan.pathway (institution_id, line) where status = 'published';
create unique index pathway_written on careplan.pathway (institution_id, line) where status in ('draft', 'inReview', 'reviewed');
create index pathway_id on careplan.pathway (id);
create index pathway_list on careplan.pathway (status, programme);
-- What is or was in force is the alliance's; what is being written its owner's.
create policy alliance_reads on careplan.pathway for select using (
  kernel.is_system() or institution_id = kernel.my_institution() or status in ('published', 'replaced', 'withdrawn'));
create policy own_adds on careplan.pathway for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_changes on careplan.pathway for update
  using (kernel.is_system() or institution_id = kernel.my_institution());

create table careplan.followed_pathway (
  resident_id uuid not null,
  id uuid not null,
  pathway_id uuid not null,
  line uuid not null,
  institution_id uuid not null,
  started_on date not null,
  started_by uuid,
  ended_on date,
  end_reason text,
  primary key (resident_id, id)
);
comment on table careplan.followed_pathway is 'by-resident: who is on which version of a pathway, at which institution';
create unique index followed_pathway_once on careplan.followed_pathway (resident_id, line) where ended_on is null;
create index followed_pathway_id on careplan.followed_pathway (id);
create index followed_pathway_of on careplan.followed_pathway (pathway_id, institution_id) where ended_on is null;
create policy parties_read on careplan.followed_pathway for select using (
  kernel.is_system() or institution_id = kernel.my_institution() or kernel.is_my_resident(resident_id)
  or kernel.may_open(resident_id));
create policy own_adds on careplan.followed_pathway for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());
create policy own_changes on careplan.followed_pathway for update
  using (kernel.is_system() or institution_id = kernel.my_institution());

create table careplan.step_record (
  resident_id uuid not null,
  id uuid not null,
  followed_id uuid not null,
  pathway_id uuid not null,
  institution_id uuid not null,
  step text not null,
  outcome text not null check (outcome in ('done', 'skipped')),
  at timestamptz not null,
  by_id uuid,
  reason text,
  note text not null,
  form text,
  form_version int,
  answers jsonb,
  primary key (resident_id, id)
);
comment on table careplan.step_record is 'by-resident: what was done at a step of a pathway, or why not';
comment on column careplan.step_record.reason is 'type: SkipReason from @tongmai/api/careplan/following-pathway';
comment on column careplan.step_record.answers is 'type: Answers from @tongmai/api/careplan/form';
create index step_record_id on careplan.step_record (id);
create index step_record_followed on careplan.step_record (resident_id, followed_id, at desc);
create policy parties_read on careplan.step_record for select using (
  kernel.is_system() or institution_id = kernel.my_institution() or kernel.is_my_resident(resident_id)
  or kernel.may_open(resident_id));
create policy own_adds on careplan.step_record for insert
  with check (kernel.is_system() or institution_id = kernel.my_institution());

insert into careplan.form values ('bloodPressure', 1, '血压测量', $form${
  "resourceType": "Questionnaire", "url": "urn:tongmai:form:bloodPressure", "version": "1", "title": "血压测量", "status": "active",
  "item": [
    {"linkId":"systolic","text":"收缩压","type":"decimal","code":[{"system":"http://loinc.org","code":"8480-6"}],"required":true,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unit","valueCoding":{"system":"http://unitsofmeasure.org","code":"mm[Hg]","display":"mmHg"}},{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueDecimal":40},{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueDecimal":300},{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract","valueBoolean":true}]},
    {"linkId":"diastolic","text":"舒张压","type":"decimal","code":[{"system":"http://loinc.org","code":"8462-4"}],"required":true,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unit","valueCoding":{"system":"http://unitsofmeasure.org","code":"mm[Hg]","display":"mmHg"}},{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueDecimal":20},{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueDecimal":200},{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract","valueBoolean":true}]},
    {"linkId":"heartRate","text":"心率","type":"decimal","code":[{"system":"http://loinc.org","code":"8867-4"}],"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unit","valueCoding":{"system":"http://unitsofmeasure.org","code":"/min","display":"次/分"}},{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueDecimal":20},{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueDecimal":250},{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract","valueBoolean":true}]}
  ]}$form$, '本平台默认', '2020-01-01');
