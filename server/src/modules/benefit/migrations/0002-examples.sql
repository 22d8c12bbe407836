-- Four local rule sets exactly as the domain reference 3.6 gives them (its sources S25, S26, S27, document 003).
-- What a source does not give is null: scheme, category and kind are 'any' or inpatient only where the table is about
-- deductibles of stays; nothing is filled in. They apply to whoever is recorded as insured there, and to nobody else.

insert into benefit.area (area, division, standing, note) values
  ('桐乡市', null, 'example', '来源只给出起付线；险种、比例、封顶、起始日期都没有给出'),
  ('某市（居民医保）', null, 'example', '来源没有写明是哪个市'),
  ('蚌埠市蚌山区', null, 'example', '来源没有给出险种、封顶和起始日期');

insert into benefit.insurance_rule
  (id, area, scheme, category, level, kind, contracted, referral, deductible_fen, ratio_bp, ratio_min_bp, ratio_max_bp, standing, since, source, note)
select overlay(overlay(md5('benefit.insurance_rule ' || area || level || contracted || referral) placing '8' from 13) placing 'a' from 17)::uuid, area, scheme, 'any', level, 'inpatient',
  contracted, referral, deductible_fen, ratio_bp, ratio_min_bp, ratio_max_bp, 'example', since::date, source, note
from (values
  ('桐乡市', 'any', 'primary', 'any', 'any', 30000, null::int, null::int, null::int, '2018-01-01', 'S25', '来源只说 2018 年，按年初记'),
  ('桐乡市', 'any', 'secondary', 'any', 'any', 50000, null, null, null, '2018-01-01', 'S25', '来源只说 2018 年，按年初记'),
  ('桐乡市', 'any', 'tertiary', 'any', 'any', 80000, null, null, null, '2018-01-01', 'S25', '来源只说 2018 年，按年初记'),
  ('桐乡市', 'any', 'primary', 'yes', 'referred', 20000, null, null, null, '2018-01-01', 'S25', '签约并符合分级诊疗'),
  ('桐乡市', 'any', 'secondary', 'yes', 'referred', 30000, null, null, null, '2018-01-01', 'S25', '签约并符合分级诊疗'),
  ('桐乡市', 'any', 'tertiary', 'yes', 'referred', 50000, null, null, null, '2018-01-01', 'S25', '签约并符合分级诊疗'),
  ('某市（居民医保）', 'resident', 'primary', 'any', 'any', 20000, null, null, null, null, 'S26', null),
  ('某市（居民医保）', 'resident', 'secondary', 'any', 'any', 50000, null, null, null, null, 'S26', '原 600 元'),
  ('某市（居民医保）', 'resident', 'tertiary', 'any', 'any', 100000, 6500, null, null, null, 'S26', '起付线原 1500 元，支付比例原 60%'),
  ('某市（居民医保）', 'resident', 'outsideArea', 'any', 'any', null, null, null, null, null, 'S26', '统筹区外 500/800/1800/2500 元，来源没有说明各对应哪一档'),
  ('蚌埠市蚌山区', 'any', 'primary', 'any', 'any', 20000, 8500, null, null, null, 'S27', null),
  ('蚌埠市蚌山区', 'any', 'secondary', 'any', 'any', 50000, 8000, null, null, null, 'S27', null),
  ('蚌埠市蚌山区', 'any', 'tertiaryCity', 'any', 'any', 80000, 7000, null, null, null, 'S27', null),
  ('蚌埠市蚌山区', 'any', 'tertiaryProvince', 'any', 'any', 120000, 6500, null, null, null, 'S27', null),
  ('蚌埠市蚌山区', 'any', 'outsideArea', 'any', 'referred', 200000, null, 4500, 7500, null, 'S27', '转诊备案市外；保底省内 45%'),
  ('蚌埠市蚌山区', 'any', 'outsideProvince', 'any', 'referred', 250000, null, 4500, 7500, null, 'S27', '转诊备案省外；保底省外 40%')
) as given (area, scheme, level, contracted, referral, deductible_fen, ratio_bp, ratio_min_bp, ratio_max_bp, since, source, note);

-- Document 003: 60 岁以上危重病转诊来院的签约居民先诊疗后付费、免挂号费、无起付线; 签约居民优先门诊与住院资源; 集团内免费运送.
-- No document gives a beginning or an end.
insert into benefit.entitlement_rule (id, code, min_age, critical, contracted, referred, kind, since, until, source)
select overlay(overlay(md5('benefit.entitlement_rule ' || code) placing '8' from 13) placing 'a' from 17)::uuid, code, min_age, critical, contracted, referred, null, null, null, '003'
from (values
  ('treatFirstPayLater', 60, true, true, true),
  ('noRegistrationFee', 60, true, true, true),
  ('noDeductible', 60, true, true, true),
  ('priorityClinic', null::int, false, true, false),
  ('priorityBed', null, false, true, false),
  ('freeTransport', null, false, false, true)
) as given (code, min_age, critical, contracted, referred);
