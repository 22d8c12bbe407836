-- A vehicle that does not move while somebody may die: minutes, not hours.
insert into kernel.escalation (kind, level, duty, after_minutes) values
  ('dispatch.emergency', 1, 'duty.officer', 0), ('dispatch.emergency', 2, 'office.head', 5), ('dispatch.emergency', 3, 'alliance.office', 10);
