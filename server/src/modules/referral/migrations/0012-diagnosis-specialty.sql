create table referral.diagnosis_specialty (
  first text not null check (first ~ '^[A-Z][0-9]{2}$'),
  last text not null check (last ~ '^[A-Z][0-9]{2}$'),
  since date not null,
  until date,
  -- Null: for these nothing is proposed.
  specialty text,
  source text not null,
  edited_at timestamptz,
  edited_by text,
  primary key (first, last, since),
  check (first <= last)
);
comment on table referral.diagnosis_specialty is
  'reference: which specialty a range of ICD-10 categories usually goes to, proposed where a referral is written, by day';
comment on column referral.diagnosis_specialty.specialty is 'type: Specialty from @tongmai/api/network/institution';
create policy all_read on referral.diagnosis_specialty for select using (true);
create policy system_writes on referral.diagnosis_specialty using (kernel.is_system());

-- The ranges are chapters, blocks and categories of ICD-10 (WHO, volume 1); which specialty they go to is our default.
insert into referral.diagnosis_specialty (first, last, since, specialty, source)
select first, last, '2020-01-01', specialty, '默认值：范围依 WHO ICD-10 第一卷，对应科目由各医院改'
from (values
  ('A00', 'B99', 'infectiousDisease'),
  ('C00', 'D48', 'oncology'),
  ('D50', 'D89', 'haematology'),
  ('E00', 'E90', 'endocrinology'),
  ('F00', 'F99', 'psychiatry'),
  ('G00', 'G99', 'neurology'),
  ('H00', 'H59', 'ophthalmology'),
  ('H60', 'H95', 'otolaryngology'),
  ('I00', 'I99', 'cardiology'),
  ('I60', 'I69', 'neurology'),
  ('I83', 'I84', 'generalSurgery'),
  ('J00', 'J99', 'respiratory'),
  ('J30', 'J39', 'otolaryngology'),
  ('K00', 'K93', 'gastroenterology'),
  ('K00', 'K14', 'stomatology'),
  ('K35', 'K46', 'generalSurgery'),
  ('K80', 'K83', 'generalSurgery'),
  ('L00', 'L99', 'dermatology'),
  ('M00', 'M99', 'orthopaedics'),
  ('M05', 'M14', 'internalMedicine'),
  ('M30', 'M36', 'internalMedicine'),
  ('N00', 'N19', 'nephrology'),
  ('N20', 'N51', 'urology'),
  ('N60', 'N64', 'generalSurgery'),
  ('N70', 'N98', 'obstetricsGynaecology'),
  ('O00', 'O99', 'obstetricsGynaecology'),
  ('P00', 'P96', 'paediatrics'),
  ('R51', 'R51', 'neurology'),
  ('R91', 'R91', 'respiratory'),
  ('S00', 'T14', 'orthopaedics'),
  ('S06', 'S06', 'neurosurgery'),
  ('T36', 'T65', 'emergency')
) as line (first, last, specialty);
