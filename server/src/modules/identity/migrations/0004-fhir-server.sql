-- From which FHIR servers what a hook of CDS Hooks did not bring may be read: below these and no others.
alter table identity.client add column fhir_servers text[] not null default '{}';
