-- Whole exports with the Provenance of what is in them (includeAssociatedData).
alter table interop.export add column provenance text check (provenance in ('latest', 'relevant'));
