import Postgres
public import Primitives
public import Tendering

extension ExchangeReadings {
    /// What was agreed in a tender, by supplier and article.
    public func agreedQuantities(of tender: TenderID) throws -> [AgreedQuantity] {
        try transaction.query(
            """
            SELECT award.tender_id, array_agg(DISTINCT award.package_number::bigint) AS packages, award.company_id,
                   company.name AS company_name, award.article_id, sum(award.quantity)::bigint AS agreed,
                   coalesce(max(moved.ordered), 0)::bigint AS ordered, coalesce(max(moved.accepted), 0)::bigint AS accepted
              FROM tendering.award
              JOIN parties.company USING (company_id)
              LEFT JOIN LATERAL (
                   SELECT sum((line.packs_ordered - line.packs_cancelled) * line.pack_size) AS ordered,
                          sum(coalesce(taken.packs, 0) * line.pack_size) AS accepted
                     FROM pooled_procurement.purchase_order AS placed
                     JOIN pooled_procurement.purchase_order_line AS line USING (consortium_id, order_id)
                     LEFT JOIN LATERAL (
                          SELECT sum((message.content ->> 'packsAccepted')::bigint - coalesce(back.packs, 0)) AS packs
                            FROM platform_exchange.delivery_line AS delivery
                            JOIN outbox.message
                              ON message.consortium_id = delivery.consortium_id AND message.destination = delivery.platform
                             AND message.business_key = delivery.delivery_line || '/accept-delivery' AND message.state = 'accepted'
                            LEFT JOIN LATERAL (
                                 SELECT sum(returned.packs) AS packs FROM platform_exchange.placed_return AS returned
                                  WHERE returned.consortium_id = delivery.consortium_id AND returned.platform = delivery.platform
                                    AND returned.delivery_line = delivery.delivery_line AND returned.there = 'agreed') AS back ON TRUE
                           WHERE delivery.consortium_id = line.consortium_id AND delivery.order_id = line.order_id
                             AND delivery.line_number = line.line_number) AS taken ON TRUE
                    WHERE placed.consortium_id = award.consortium_id AND placed.tender_id = award.tender_id
                      AND placed.company_id = award.company_id AND line.article_id = award.article_id
                      AND placed.state NOT IN ('draft', 'approved', 'cancelled')) AS moved ON TRUE
             WHERE award.consortium_id = \(consortium) AND award.tender_id = \(tender)
             GROUP BY award.tender_id, award.company_id, company.name, award.article_id
             ORDER BY award.company_id, award.article_id
            """
        ) { try AgreedQuantity($0) }
    }
}
