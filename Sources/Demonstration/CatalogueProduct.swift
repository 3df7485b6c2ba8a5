import Formulary
import Postgres
import Primitives

/// A product of the catalogue with its cheapest pack: what the demonstration orders, keeps and issues.
struct CatalogueProduct: Sendable, Hashable {
    let id: ProductID
    let code: String
    let kind: ProductKind
    let dosageForm: String
    let diseaseGroups: [String]
    let isEssential: Bool
    let isVolumeBased: Bool
    let isLongPrescription: Bool
    let specialControl: SpecialControl
    let article: ArticleID
    /// Base units in one pack.
    let packSize: Int64

    /// Whether it is given by injection or infusion.
    var isInjected: Bool { ["injection", "powder_injection", "infusion"].contains(dosageForm) }

    /// Whether it is for a long-term condition that every level treats alike.
    var isChronic: Bool { !Self.chronic.isDisjoint(with: diseaseGroups) }

    private static let chronic: Set<String> = ["hypertension", "diabetes", "mental", "coronary", "stroke", "epilepsy", "copd"]

    /// Every product that has a pack, in the order of their codes.
    static func all(_ transaction: Transaction) throws -> [CatalogueProduct] {
        try transaction.query(
            """
            SELECT DISTINCT ON (product.code)
                   product.product_id, product.code, product.kind, product.dosage_form, product.disease_groups,
                   product.essential, product.volume_based, product.long_prescription, product.special_control,
                   article.article_id, article.pack_size
              FROM formulary.product
              JOIN formulary.article USING (product_id)
             WHERE product.withdrawn_on IS NULL AND article.withdrawn_on IS NULL
             ORDER BY product.code, article.reference_price NULLS LAST, article.article_id
            """
        ) { row in
            CatalogueProduct(
                id: try row["product_id"], code: try row["code"], kind: try row["kind"], dosageForm: try row["dosage_form"],
                diseaseGroups: try row["disease_groups"], isEssential: try row["essential"],
                isVolumeBased: try row["volume_based"], isLongPrescription: try row["long_prescription"],
                specialControl: try row["special_control"], article: try row["article_id"], packSize: try row["pack_size"])
        }
    }
}
