-- What was told of a batch in an institution is what its records say, in base units and in packs.
SELECT serial.consortium_id, serial.facility_id, serial.batch_id, serial.units, serial.told, said.units AS units_said, said.told AS told_said
  FROM insurance_uploads.serial
  LEFT JOIN (SELECT consortium_id, facility_id, batch_id, sum(units) AS units, sum(sign(units) * quantity) AS told
               FROM insurance_uploads.record WHERE kind <> 'count'
              GROUP BY consortium_id, facility_id, batch_id) AS said USING (consortium_id, facility_id, batch_id)
 WHERE serial.units <> coalesce(said.units, 0) OR serial.told <> coalesce(said.told, 0);

-- Each record says what its movement brought into the stores of its institution, or took out of them, and there is one for
-- each batch of which a movement since then changed what is there.
SELECT moved.consortium_id, moved.movement_id, moved.facility_id, moved.batch_id, moved.units, record.units AS told
  FROM (SELECT entry.consortium_id, entry.movement_id, store.facility_id, entry.batch_id, sum(entry.quantity) AS units
          FROM insurance_uploads.taken
          JOIN stock_ledger.movement USING (consortium_id, movement_id)
          JOIN stock_ledger.entry USING (consortium_id, movement_id)
          JOIN parties.store USING (consortium_id, store_id)
          LEFT JOIN stock_ledger.transfer
            ON transfer.consortium_id = movement.consortium_id AND movement.document = 'transfer ' || transfer.transfer_id::text
          LEFT JOIN parties.store AS origin
            ON origin.consortium_id = transfer.consortium_id AND origin.store_id = transfer.from_store_id
         WHERE entry.state <> 'in-transit' OR origin.facility_id = store.facility_id
         GROUP BY entry.consortium_id, entry.movement_id, store.facility_id, entry.batch_id
        HAVING sum(entry.quantity) <> 0) AS moved
  JOIN insurance_uploads.institution
    ON institution.consortium_id = moved.consortium_id AND institution.facility_id = moved.facility_id
   AND moved.movement_id > institution.begins_after AND institution.is_active
  FULL JOIN (SELECT * FROM insurance_uploads.record WHERE kind <> 'count') AS record
    ON record.consortium_id = moved.consortium_id AND record.movement_id = moved.movement_id
   AND record.facility_id = moved.facility_id AND record.batch_id = moved.batch_id
 WHERE coalesce(moved.units, record.units) <> record.units OR record.units IS NULL;

-- No movement that is settled and that some institution has to tell was passed by.
SELECT movement.consortium_id, movement.movement_id
  FROM stock_ledger.movement
  JOIN insurance_uploads.feed USING (consortium_id)
  LEFT JOIN insurance_uploads.taken USING (consortium_id, movement_id)
 WHERE movement.movement_id <= feed.settled_through AND taken.movement_id IS NULL
   AND movement.movement_id > (SELECT min(begins_after) FROM insurance_uploads.institution
                                WHERE institution.consortium_id = movement.consortium_id);

-- Every record has its message.
SELECT record.consortium_id, record.record_id
  FROM insurance_uploads.record
  JOIN insurance_uploads.institution USING (consortium_id, facility_id)
  LEFT JOIN outbox.message
    ON message.consortium_id = record.consortium_id AND message.business_key = 'upload/' || record.record_id
 WHERE message.message_id IS NULL;
