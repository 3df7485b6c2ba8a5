-- What is told of has its document in the outbox.
SELECT upload.consortium_id, upload.number, upload.state
  FROM prescription_uploads.upload
  LEFT JOIN outbox.message
    ON message.consortium_id = upload.consortium_id AND message.destination = upload.platform
   AND message.business_key = upload.number || '/check-prescription'
 WHERE upload.state NOT IN ('offered', 'withdrawn') AND message.message_id IS NULL;

-- A step that the hall has taken is written down, and one that is written down it has taken. What was given up with an unknown
-- outcome may have been revoked there.
SELECT upload.consortium_id, upload.number, upload.state, message.kind, message.state
  FROM prescription_uploads.upload
  JOIN outbox.message
    ON message.consortium_id = upload.consortium_id AND message.destination = upload.platform
   AND message.business_key = upload.number || '/upload-prescription'
 WHERE (message.state = 'accepted') <> (upload.state IN ('uploaded', 'used', 'expired', 'revoked'))
   AND NOT (message.state = 'discarded' AND upload.state = 'revoked');

-- What was prescribed is not changed while the hall has it.
SELECT upload.consortium_id, upload.number, upload.version, prescription.version AS written
  FROM prescription_uploads.upload JOIN dispensing.prescription USING (consortium_id, prescription_id)
 WHERE upload.state IN ('announced', 'checked', 'signed', 'uploaded') AND upload.version <> prescription.version;
