import PlatformMessages
import Testing

@Suite("The catalogues of platforms that are shipped")
struct CatalogueFilesTests {
    @Test("are without defects", arguments: Platforms.all)
    func withoutDefects(code: String) throws {
        let catalogue = try Platforms.catalogue(code)
        #expect(catalogue.description.code == code)
        #expect(!catalogue.description.specSource.isEmpty && !catalogue.description.confidence.isEmpty)
    }
}
