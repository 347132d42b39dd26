package io.sealward.providers;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.sealward.providers", importOptions = DoNotIncludeTests.class)
class PackageRulesTest {
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.sealward.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_PROVIDER_KNOWS_ANOTHER = slices().matching("io.sealward.providers.(*)..")
            .namingSlices("$1")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAnyPackage("..resilience", "..setup"))
            .ignoreDependency(resideInAPackage("..catalog"), alwaysTrue());

    @ArchTest
    static final ArchRule THE_INTERFACE_KNOWS_NO_CLOUD = noClasses()
            .that()
            .resideInAPackage("io.sealward.providers")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "com.google..", "com.azure..", "io.sealward.providers.*..");
}
