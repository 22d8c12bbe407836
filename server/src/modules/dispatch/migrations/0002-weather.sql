-- What the operator of a landing site asks of the weather; null where nothing was said, then nothing is compared.
alter table dispatch.landing_site
  add column min_visibility_m int check (min_visibility_m >= 0),
  add column min_ceiling_m int check (min_ceiling_m >= 0),
  add column max_wind_ms double precision check (max_wind_ms >= 0);
