import PlatformMessages

/// A catalogue in the national envelope that no platform has: everything that the wire can be told stands in it.
enum NationalExample {
    /// - Parameter changes: texts and what stands in their places.
    static func catalogue(_ changes: (String, String)...) throws(PlatformCatalogueDefects) -> PlatformCatalogue {
        var text = text
        for (old, new) in changes { text = text.replacing(old, with: new) }
        return try PlatformCatalogue(parsing: text, file: "x.json")
    }

    static func dialect(_ changes: (String, String)...) throws(PlatformCatalogueDefects) -> any PlatformDialect {
        var text = text
        for (old, new) in changes { text = text.replacing(old, with: new) }
        return try PlatformCatalogue(parsing: text, file: "x.json").dialect(for: Platforms.nationalAccount)
    }

    static let text = (try? Platforms.text("national-example")) ?? ""
}
