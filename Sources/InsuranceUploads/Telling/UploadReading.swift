import Foundation
import PlatformMessages
import Postgres
import Primitives

/// Puts a record together as its insurer is told of it, from what is written down now.
struct UploadReading {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: `PlatformUntellable` when there is no such record, or its institution is told through another platform now.
    func upload(_ id: UploadRecordID, at platform: String) throws -> PlatformUpload {
        guard let found = try told(id) else { throw PlatformUntellable(reason: "there is no record \(id)") }
        guard found.platform == platform else {
            throw PlatformUntellable(reason: "\(found.institution.code) is told through \(found.platform) now")
        }
        var record = found.record
        switch found.kind {
        case .purchase: try purchase(found.receipt, into: &record)
        case .purchaseReturn:
            try purchase(found.originalReceipt, into: &record)
            record.purchase?.deliveryNote = ""
            record.purchase?.original = found.originalNumber
        case .sale:
            record.sale = try sale(found.dispensing, returnedWith: nil, into: &record, line: found.line)
            // What a patient pays is not known here; what was paid to the supplier is no price of a sale.
            record.price = nil
        case .saleReturn:
            record.sale = try sale(found.dispensing, returnedWith: found.patientReturn, into: &record, line: found.line)
            record.sale?.original = found.originalNumber
            record.price = nil
        case .count, .change, .deletion: break
        }
        if found.kind == .change, record.price == nil { record.price = found.referencePrice }
        return PlatformUpload(institution: found.institution, kind: found.kind, records: [record])
    }

    private struct Told {
        let kind: PlatformUploadKind
        let platform: String
        let institution: PlatformInstitution
        let batch: BatchID
        let record: PlatformUploadRecord
        let receipt: UUID?
        let originalReceipt: UUID?
        let originalNumber: String
        let dispensing: UUID?
        let line: Int
        let patientReturn: UUID?
        let referencePrice: Money?
    }

    private func told(_ id: UploadRecordID) throws -> Told? {
        try transaction.first(
            """
            SELECT record.kind, record.change, record.batch_id, record.quantity, record.happened_at, record.receipt_id,
                   record.dispensing_id, coalesce(record.dispensing_line, 0) AS line, record.return_id,
                   institution.platform, institution.code AS institution_code, institution.name AS institution_name,
                   batch.batch_number, batch.expires_on, batch_fact.made_on,
                   coalesce(batch_fact.pack_price, bought.pack_price) AS pack_price, article.reference_price,
                   article.article_id, article.insurance_code, coalesce(article.approval_number, '') AS approval_number,
                   coalesce(nullif(article.trade_name, ''), product.generic_name) AS name, product.code AS product_code,
                   coalesce(company.name, '') AS manufacturer, coalesce(article_sale.sale, 'prescription') AS sale,
                   coalesce(person.name, counter.name) AS person, original.receipt_id AS original_receipt,
                   coalesce(original.platform_record, '') AS original_number,
                   coalesce(line.split, 0) > 0 AS is_split
              FROM insurance_uploads.record
              JOIN insurance_uploads.institution USING (consortium_id, facility_id)
              JOIN stock_ledger.batch USING (consortium_id, batch_id)
              JOIN formulary.article ON article.article_id = batch.article_id
              JOIN formulary.product ON product.product_id = article.product_id
              LEFT JOIN parties.company ON company.company_id = article.manufacturer_id
              LEFT JOIN insurance_uploads.batch_fact USING (consortium_id, batch_id)
              LEFT JOIN insurance_uploads.article_sale
                ON article_sale.consortium_id = record.consortium_id AND article_sale.article_id = article.article_id
              LEFT JOIN stock_ledger.movement
                ON movement.consortium_id = record.consortium_id AND movement.movement_id = record.movement_id
              LEFT JOIN identity.person ON person.consortium_id = movement.consortium_id AND person.person_id = movement.person_id
              LEFT JOIN identity.person AS counter
                ON counter.consortium_id = institution.consortium_id AND counter.person_id = institution.person_id
              LEFT JOIN insurance_uploads.record AS original
                ON original.consortium_id = record.consortium_id AND original.record_id = record.original_id
              LEFT JOIN dispensing.dispensing_line AS line
                ON line.consortium_id = record.consortium_id AND line.dispensing_id = record.dispensing_id
               AND line.line_number = record.dispensing_line
              LEFT JOIN LATERAL (
                   SELECT ordered.pack_price FROM insurance_uploads.record AS purchase
                     JOIN distribution.goods_receipt_line AS received
                       ON received.consortium_id = purchase.consortium_id AND received.receipt_id = purchase.receipt_id
                      AND received.article_id = article.article_id AND received.batch_number = batch.batch_number
                     JOIN distribution.shipment_line AS shipped
                       ON shipped.consortium_id = received.consortium_id AND shipped.shipment_id = received.shipment_id
                      AND shipped.line_number = received.shipment_line
                     JOIN pooled_procurement.purchase_order_line AS ordered
                       ON ordered.consortium_id = shipped.consortium_id AND ordered.order_id = shipped.order_id
                      AND ordered.line_number = shipped.order_line
                    WHERE purchase.consortium_id = record.consortium_id AND purchase.facility_id = record.facility_id
                      AND purchase.batch_id = record.batch_id AND purchase.kind = 'purchase'
                    ORDER BY purchase.record_id DESC LIMIT 1) AS bought ON true
             WHERE record.consortium_id = \(consortium) AND record.record_id = \(id)
            """
        ) { row in
            let batch: BatchID = try row["batch_id"]
            let article: ArticleID = try row["article_id"]
            let insuranceCode: String? = try row["insurance_code"]
            let sale: String = try row["sale"]
            let change: String? = try row["change"]
            let productCode: String = try row["product_code"]
            return Told(
                kind: PlatformUploadKind(rawValue: try row["kind"]) ?? .change,
                platform: try row["platform"],
                institution: PlatformInstitution(code: try row["institution_code"], name: try row["institution_name"]),
                batch: batch,
                record: PlatformUploadRecord(
                    key: UploadAnnouncement.key(id), serial: UploadAnnouncement.serial(batch),
                    article: PlatformUploadArticle(
                        insuranceCode: insuranceCode ?? "", ownCode: "\(productCode)-\(article)", name: try row["name"],
                        sale: PlatformUploadArticle.Sale(rawValue: sale) ?? .prescription, manufacturer: try row["manufacturer"],
                        approvalNumber: try row["approval_number"]),
                    batch: try row["batch_number"], madeOn: try row["made_on"], expiresOn: try row["expires_on"],
                    quantity: PlatformQuantity(tenThousandths: try row["quantity"]), price: try row["pack_price"],
                    isSplit: try row["is_split"], at: try row["happened_at"], person: try row["person"],
                    change: change.flatMap(PlatformStockChange.init)),
                receipt: try row["receipt_id"], originalReceipt: try row["original_receipt"],
                originalNumber: try row["original_number"], dispensing: try row["dispensing_id"], line: try row["line"],
                patientReturn: try row["return_id"], referencePrice: try row["reference_price"])
        }
    }

    /// Who delivered the batch with a receipt, and by which papers.
    private func purchase(_ receipt: UUID?, into record: inout PlatformUploadRecord) throws {
        guard let receipt else { return }
        record.purchase = try transaction.first(
            """
            SELECT company.name, shipment.delivery_note,
                   coalesce((SELECT number FROM parties.licence
                              WHERE licence.company_id = company.company_id AND kind IN ('drug-distribution', 'device-distribution')
                                AND goods_receipt.received_on BETWEEN valid_from AND valid_through
                              ORDER BY kind DESC, number LIMIT 1), '') AS licence
              FROM distribution.goods_receipt
              JOIN distribution.shipment USING (consortium_id, shipment_id)
              JOIN parties.company ON company.company_id = shipment.company_id
             WHERE goods_receipt.consortium_id = \(consortium) AND goods_receipt.receipt_id = \(receipt)
            """
        ) { row in
            PlatformUploadPurchase(
                supplier: try row["name"], supplierLicence: try row["licence"], deliveryNote: try row["delivery_note"])
        }
    }
}
