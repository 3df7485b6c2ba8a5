-- A document counts its open messages.
SELECT consortium_id, destination, document_key, document.open, counted.open AS counted
  FROM outbox.document
  LEFT JOIN (SELECT consortium_id, destination, document_key, count(*) AS open
               FROM outbox.message
              WHERE state NOT IN ('accepted', 'discarded')
              GROUP BY consortium_id, destination, document_key) AS counted
 USING (consortium_id, destination, document_key)
 WHERE document.open <> coalesce(counted.open, 0);

-- What is under way or has failed is the first that is open: nothing overtakes within a document.
SELECT message.consortium_id, message.message_id
  FROM outbox.message
 WHERE message.state IN ('sending', 'unknown', 'refused', 'dead')
   AND EXISTS (SELECT FROM outbox.message AS earlier
                WHERE earlier.consortium_id = message.consortium_id AND earlier.destination = message.destination
                  AND earlier.document_key = message.document_key AND earlier.message_id < message.message_id
                  AND earlier.state NOT IN ('accepted', 'discarded'));

-- A document is halted while a message of it has failed, and no longer.
SELECT consortium_id, destination, document_key, document.halted_at
  FROM outbox.document
 WHERE (document.halted_at IS NOT NULL)
    <> EXISTS (SELECT FROM outbox.message
                WHERE message.consortium_id = document.consortium_id AND message.destination = document.destination
                  AND message.document_key = document.document_key AND message.state IN ('refused', 'dead'));
