insert into careplan.rule values
  ('dischargeDays', '2020-01-01', 7, '本平台默认:出院后 7 天内由签约家庭医生随访(下转后首次随访 3–7 天,S22、S23 为慢病 2 周内)');
