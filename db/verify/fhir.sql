-- Queries about the FHIR interface that must return no row.

-- A sender's line identifier names a product that some version of the prescription has.
SELECT placer.consortium_id, placer.system, placer.value
  FROM fhir.placer_identifier AS placer
 WHERE placer.scope = 'line'
   AND NOT EXISTS (SELECT FROM dispensing.prescription_line AS line
                    WHERE line.consortium_id = placer.consortium_id AND line.prescription_id = placer.prescription_id
                      AND line.product_id = placer.product_id);
