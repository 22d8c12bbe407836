-- Which forms a resident may fill in before the follow-up, from how many days ahead, and what only an examiner can answer.
create table careplan.self_rule (
  form text not null,
  since date not null,
  allowed boolean not null,
  ask_days int not null,
  left_out text[] not null default '{}',
  plain jsonb not null,
  urgent_minutes int not null,
  source text not null,
  primary key (form, since)
);
comment on table careplan.self_rule is 'reference: which forms residents may fill in themselves, and how, by date';
comment on column careplan.self_rule.plain is 'type: PlainTexts from @tongmai/api/careplan/form';
create policy all_read on careplan.self_rule for select using (true);
create policy system_writes on careplan.self_rule using (kernel.is_system());
insert into careplan.self_rule values
  ('hypertension', '2020-01-01', true, 14, '{}', '{"symptoms":"最近有没有这些不舒服（可选几项）","systolic":"高压（大的数）","diastolic":"低压（小的数）","heartRate":"心跳","salt":"吃得咸不咸","adherence":"药有没有按时吃","whyNot":"为什么没按时吃","adverse":"吃药后有没有不舒服","adverseText":"怎么不舒服"}',
    60, '本平台默认:居民自填只作准备,不计入面对面随访'),
  ('type2Diabetes', '2020-01-01', true, 14, '{footPulse}', '{"symptoms":"最近有没有这些不舒服（可选几项）","fastingGlucose":"早上没吃饭时的血糖","systolic":"高压（大的数）","diastolic":"低压（小的数）","hypoglycaemia":"有没有低血糖（心慌、出冷汗、发抖）","hypoglycaemiaText":"什么时候低血糖","adherence":"药有没有按时吃","whyNot":"为什么没按时吃","adverse":"吃药后有没有不舒服","adverseText":"怎么不舒服"}',
    60, '本平台默认:居民自填只作准备,不计入面对面随访'),
  ('general', '2020-01-01', true, 14, '{}', '{"systolic":"高压（大的数）","diastolic":"低压（小的数）","needsReview":"觉得要不要回医院再看","adherence":"药有没有按时吃","whyNot":"为什么没按时吃","adverse":"吃药后有没有不舒服","adverseText":"怎么不舒服"}',
    60, '本平台默认:居民自填只作准备,不计入面对面随访');

-- What a resident answered before the follow-up. It is a preparation: the follow-up stays due until somebody records it.
create table careplan.self_answer (
  resident_id uuid not null,
  id uuid not null,
  follow_up_id uuid not null,
  institution_id uuid not null,
  form text not null,
  form_version int not null,
  answers jsonb not null,
  answered_at timestamptz not null,
  by_proxy boolean not null,
  urgent boolean not null,
  findings jsonb not null,
  primary key (resident_id, id)
);
comment on table careplan.self_answer is 'by-resident: what residents answered themselves before a follow-up, for whoever does it to confirm';
comment on column careplan.self_answer.answers is 'type: Answers from @tongmai/api/careplan/form';
comment on column careplan.self_answer.findings is 'type: Findings from @tongmai/api/careplan/programme';
create unique index self_answer_once on careplan.self_answer (resident_id, follow_up_id);
create index self_answer_id on careplan.self_answer (id);
create policy parties_read on careplan.self_answer for select using (
  kernel.is_system() or institution_id = kernel.my_institution() or kernel.is_my_resident(resident_id)
  or kernel.may_open(resident_id));
create policy system_writes on careplan.self_answer using (kernel.is_system());
