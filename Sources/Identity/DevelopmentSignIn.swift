import Parties
public import Postgres
public import Primitives

/// Signs people in by a token that anyone can write: `dev:<person>@<consortium>`.
///
/// It proves nothing and is for machines that hold no real data; the server accepts it only when it was started
/// with `--development-sign-in`.
public struct DevelopmentSignIn: Sendable {
    private let database: Database

    public init(database: Database) { self.database = database }

    /// - Throws: ``IdentityRefusal`` when the token names no active person.
    public func principal(token: String) async throws -> Principal {
        let parts = token.split(separator: ":", maxSplits: 1)
        let names = parts.count == 2 ? parts[1].split(separator: "@").map(String.init) : []
        guard parts.first == "dev", names.count == 2 else {
            throw IdentityRefusal(.tokenUnknown, "expected dev:<person>@<consortium>")
        }
        let consortium = try await database.read { try PartiesStore($0).consortium(code: names[1]) }
        guard let consortium else { throw IdentityRefusal(.tokenUnknown, "no consortium \(names[1])") }
        let person = try await database.read(as: consortium.id.tenant) { transaction in
            try People(transaction).person(code: names[0], of: consortium.id)
        }
        guard let person else { throw IdentityRefusal(.tokenUnknown, "nobody called \(names[0]) in \(names[1])") }
        return person.principal(in: consortium.id)
    }
}
