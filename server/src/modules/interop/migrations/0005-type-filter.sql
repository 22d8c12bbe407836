-- Searches that narrow what is exported of a type (_typeFilter).
alter table interop.export add column filters text[] not null default '{}';
