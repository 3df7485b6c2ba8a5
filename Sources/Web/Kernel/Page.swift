import Foundation
public import Primitives

/// Which part of a list is asked for: at most `limit` items, after the one whose key the cursor holds.
public struct Page: Sendable, Equatable {
    public static let limitDefault = 50
    public static let limitMax = 200

    /// From 1 to ``limitMax``.
    public let limit: Int
    /// The key of the last item of the page before, as ``Cursor/encode(_:)`` was given it; `nil` for the first page.
    public let after: [String]?

    public init(limit: Int = limitDefault, after: [String]? = nil) {
        self.limit = limit
        self.after = after
    }

    /// The one number a list ordered by an identifier continues after; `nil` for the first page.
    ///
    /// - Throws: `http.bad-query` when the cursor belongs to another list.
    public func afterNumber() throws(HTTPRefusal) -> Int64? {
        guard let after else { return nil }
        guard after.count == 1, let number = Int64(after[0]) else { throw Cursor.foreign }
        return number
    }

    /// The keys a list ordered by `count` columns continues after; `nil` for the first page.
    ///
    /// - Throws: `http.bad-query` when the cursor belongs to another list.
    public func afterKeys(_ count: Int) throws(HTTPRefusal) -> [String]? {
        guard let after else { return nil }
        guard after.count == count else { throw Cursor.foreign }
        return after
    }
}

/// One page of a list. `next` is the cursor of the following page, absent on the last.
public struct PageOf<Item: Codable & Sendable>: Codable, Sendable {
    public let items: [Item]
    public let next: String?

    public init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }

    /// A page from up to `limit + 1` items: the extra item tells that there is a following page, and is left out.
    public init(_ items: [Item], of page: Page, key: (Item) -> [String]) {
        let shown = Array(items.prefix(page.limit))
        self.items = shown
        self.next = items.count > page.limit ? shown.last.map { Cursor.encode(key($0)) } : nil
    }
}

/// The opaque text that says where a list continues: the last item's key, in base64url.
public enum Cursor {
    static let foreign = HTTPRefusal(.badQuery, "the cursor is not one this list has given out", field: "after")

    public static func encode(_ key: [String]) -> String {
        let json = JSONValue.array(key.map(JSONValue.string)).text()
        return Data(json.utf8).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// - Throws: `http.bad-query` for anything ``encode(_:)`` has not made.
    public static func decode(_ text: String) throws(HTTPRefusal) -> [String] {
        var base64 = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base64), let json = try? JSONValue(parsing: Array(data)),
            case .array(let elements) = json
        else { throw foreign }
        let key = elements.compactMap(\.string)
        guard key.count == elements.count, !key.isEmpty else { throw foreign }
        return key
    }
}
