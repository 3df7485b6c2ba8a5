import Formulary
import Parties
import Primitives

/// The beginning of a new version. The caller may choose its id.
struct FormularyDraftBody: Codable, Sendable {
    let version: FormularyVersionID?
    let note: String
}

/// What a formulary is to say about some products.
struct FormularyEntriesBody: Codable, Sendable {
    let entries: [FormularyEntryBody]
}

struct FormularyEntryBody: Codable, Sendable {
    let product: ProductID
    let levels: [FacilityLevel]
    let restriction: String?
    /// Days one prescription may cover.
    let daysMax: Int?
    let reason: String?

    var entry: FormularyEntry {
        FormularyEntry(
            product: product, levels: Set(levels), restriction: restriction ?? "", daysMax: daysMax, reason: reason ?? "")
    }
}

struct FormularyPublicationBody: Codable, Sendable {
    let validFrom: CalendarDate
}

/// A catalogue file as text.
struct CatalogImportBody: Codable, Sendable {
    let csv: String
    /// Whether sound rows are imported although others are not; no unless told.
    let acceptTheRest: Bool?
    /// Columns whose blanks take the value above, as below merged cells.
    let fillDown: [String]?
}

/// A product with its articles, cheapest pack first, and how it stands in the formulary in force.
struct ProductView: Codable, Sendable {
    let product: Product
    let articles: [ArticleView]
    let standing: FormularyStanding?
}

/// An article with who makes it.
struct ArticleView: Codable, Sendable {
    let article: Article
    let manufacturer: String?
}

/// The dictionaries, each whole.
struct DictionariesView: Codable, Sendable {
    let units: [UnitOfMeasure]
    let dosageForms: [DosageForm]
    let orderFrequencies: [OrderFrequency]
    let routes: [MedicationRoute]
    let facilityTypes: [FacilityType]
}

/// How many essential medicines a version permits, by level.
struct EssentialMedicinesView: Codable, Sendable {
    let shares: [EssentialMedicineShare]
}

extension ProductSearch.Position {
    /// The keys of a cursor.
    var keys: [String] {
        [match.rawValue, String(distance), isListed ? "listed" : "other", String(nameLength), product.description]
    }

    /// Where the page begins; `nil` for the first.
    ///
    /// - Throws: `http.bad-query` when the cursor belongs to another list.
    static func after(_ page: Page) throws(HTTPRefusal) -> Self? {
        guard let keys = try page.afterKeys(5) else { return nil }
        guard let match = SearchMatch(rawValue: keys[0]), let distance = Int(keys[1]), ["listed", "other"].contains(keys[2]),
            let length = Int(keys[3]), let product = Int64(keys[4])
        else { throw Cursor.foreign }
        return Self(
            match: match, distance: distance, isListed: keys[2] == "listed", nameLength: length, product: ProductID(product))
    }
}
