-- Keys are sought by type and text; a resource's own keys are named in full wherever they change. One index serves both.
alter table kernel.resource_key drop constraint resource_key_pkey;
alter table kernel.resource_key add constraint resource_key_pkey primary key using index resource_key_key;
