import Formulary
import Foundation
import Primitives

/// A catalogue file whose kind is known; what it holds is read when it is imported.
struct CatalogOnDisk: Sendable {
    /// As the person named it.
    let path: String
    let kind: CatalogKind

    /// - Throws: ``CommandFailure``: a file that cannot be read, is no CSV or no catalogue.
    init(path: String, encoding: CatalogEncoding?) throws(CommandFailure) {
        guard FileManager.default.isReadableFile(atPath: path) else {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw CommandFailure(isThere ? "The file \(path) cannot be read." : "There is no file \(path).")
        }
        self.path = path
        do throws(FormularyRefusal) {
            kind = try CatalogKind(of: .file(path: path), encoding: encoding)
        } catch {
            throw CommandFailure("\(path): \(error.refusalCode.meaning.english): \(error.detail).")
        }
    }

    var source: CatalogSource { .file(path: path) }

    /// Looks at the files and puts those first that others refer to.
    static func inOrderOfImport(_ paths: [String], encoding: CatalogEncoding?) throws(CommandFailure) -> [CatalogOnDisk] {
        var catalogs: [CatalogOnDisk] = []
        for path in paths { catalogs.append(try CatalogOnDisk(path: path, encoding: encoding)) }
        return CatalogKind.allCases.flatMap { kind in catalogs.filter { $0.kind == kind } }
    }
}
