-- Whether a result of the item is a number that has no unit.
alter table recognition.item add dimensionless boolean not null default false;
-- INR and pH.
update recognition.item set dimensionless = true
  where loinc && array['6301-6', '34714-6', '2744-1', '2745-8', '2746-6', '2756-5'];
