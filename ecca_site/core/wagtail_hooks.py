from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from .rich_text import PageLinkHandler


@hooks.register("register_rich_text_features", order=10)
def use_our_page_links(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinkHandler)
